// nl_sparse_mvu_8x32_p2s1_l1o1_hc70cb8_beats
// block  rom: 32 words of 1 bits, read latency 1
`default_nettype none

module nl_sparse_mvu_8x32_p2s1_l1o1_hc70cb8_beats (
  input  wire clk,
  input  wire en_i,
  input  wire [4:0] addr_i,
  output wire data_o
);

  reg mem_q;

  always @(posedge clk) if (en_i) begin
    case (addr_i)
      5'd0: mem_q <= 1'd1;
      5'd1: mem_q <= 1'd1;
      5'd2: mem_q <= 1'd1;
      5'd3: mem_q <= 1'd1;
      5'd4: mem_q <= 1'd1;
      5'd5: mem_q <= 1'd1;
      5'd6: mem_q <= 1'd1;
      5'd7: mem_q <= 1'd1;
      5'd8: mem_q <= 1'd1;
      5'd9: mem_q <= 1'd0;
      5'd10: mem_q <= 1'd0;
      5'd11: mem_q <= 1'd1;
      5'd12: mem_q <= 1'd1;
      5'd13: mem_q <= 1'd1;
      5'd14: mem_q <= 1'd1;
      5'd15: mem_q <= 1'd1;
      5'd16: mem_q <= 1'd1;
      5'd17: mem_q <= 1'd1;
      5'd18: mem_q <= 1'd1;
      5'd19: mem_q <= 1'd1;
      5'd20: mem_q <= 1'd1;
      5'd21: mem_q <= 1'd1;
      5'd22: mem_q <= 1'd0;
      5'd23: mem_q <= 1'd0;
      5'd24: mem_q <= 1'd1;
      5'd25: mem_q <= 1'd1;
      5'd26: mem_q <= 1'd1;
      5'd27: mem_q <= 1'd1;
      5'd28: mem_q <= 1'd1;
      5'd29: mem_q <= 1'd0;
      5'd30: mem_q <= 1'd1;
      default: mem_q <= 1'd1;
    endcase
  end

  assign data_o = mem_q;

endmodule

`default_nettype wire

// nl_sparse_mvu_8x32_p2s1_l1o1_hc70cb8_program
// block  rom: 30 words of 28 bits, read latency 1
`default_nettype none

module nl_sparse_mvu_8x32_p2s1_l1o1_hc70cb8_program (
  input  wire clk,
  input  wire en_i,
  input  wire [4:0] addr_i,
  output wire [27:0] data_o
);

  reg [27:0] mem_q;

  always @(posedge clk) if (en_i) begin
    case (addr_i)
      5'd0: mem_q <= 28'h6f805b;
      5'd1: mem_q <= 28'h1bc4147;
      5'd2: mem_q <= 28'h1dcc28b;
      5'd3: mem_q <= 28'h405c5a9;
      5'd4: mem_q <= 28'h4464623;
      5'd5: mem_q <= 28'h48e09a6;
      5'd6: mem_q <= 28'h53acb21;
      5'd7: mem_q <= 28'h58a0c11;
      5'd8: mem_q <= 28'h63c0f0b;
      5'd9: mem_q <= 28'he59d256;
      5'd10: mem_q <= 28'h1e8755d;
      5'd11: mem_q <= 28'h2c70167;
      5'd12: mem_q <= 28'hdf4424a;
      5'd13: mem_q <= 28'h10394;
      5'd14: mem_q <= 28'h9806ed;
      5'd15: mem_q <= 28'h1294a60;
      5'd16: mem_q <= 28'h2d051ab;
      5'd17: mem_q <= 28'h3739340;
      5'd18: mem_q <= 28'h3f6144c;
      5'd19: mem_q <= 28'h4cd7533;
      5'd20: mem_q <= 28'h5bcc0f8;
      5'd21: mem_q <= 28'he2686d3;
      5'd22: mem_q <= 28'h3ac8da;
      5'd23: mem_q <= 28'h9fcd02;
      5'd24: mem_q <= 28'h18baf8a;
      5'd25: mem_q <= 28'h21b4057;
      5'd26: mem_q <= 28'h3b803b9;
      5'd27: mem_q <= 28'h5324ecf;
      5'd28: mem_q <= 28'he900fb5;
      default: mem_q <= 28'h3732;
    endcase
  end

  assign data_o = mem_q;

endmodule

`default_nettype wire

// nl_sparse_mvu_8x32_p2s1_l1o1_hc70cb8_rows
// block  rom: 8 words of 3 bits, read latency 1
`default_nettype none

module nl_sparse_mvu_8x32_p2s1_l1o1_hc70cb8_rows (
  input  wire clk,
  input  wire en_i,
  input  wire [2:0] addr_i,
  output wire [2:0] data_o
);

  reg [2:0] mem_q;

  always @(posedge clk) if (en_i) begin
    case (addr_i)
      3'd0: mem_q <= 3'd1;
      3'd1: mem_q <= 3'd3;
      3'd2: mem_q <= 3'd0;
      3'd3: mem_q <= 3'd5;
      3'd4: mem_q <= 3'd7;
      3'd5: mem_q <= 3'd2;
      3'd6: mem_q <= 3'd4;
      default: mem_q <= 3'd6;
    endcase
  end

  assign data_o = mem_q;

endmodule

`default_nettype wire

// nl_sparse_mvu_8x32_p2s1_l1o1_hc70cb8
// block     sparse_mvu: multiplies vectors by a matrix of which only what is not zero is held
// computes  acc[n] = sum over k with w[n][k] != w_zero of (w[n][k] - w_zero) * (x[k] - x_zero) + bias[n]
// config    defaults
// niello    0.1.0, config 8a7859350fc70cb8
// folding   59 of 256 products, 30 steps of 2 PEs x 1 banks
// balance   59 of 60 places in steps hold an entry
// last      ignored at the input: a frame is a vector by count
// places    4 vectors of results
// sums      18 bits, proven for -93274..=93131
// in  s_axis: 1 x 8 bits signed a beat, last is ignored: frames end by count
// out m_axis: 1 x 18 bits signed a beat, with a last mark
`default_nettype none

module nl_sparse_mvu_8x32_p2s1_l1o1_hc70cb8 (
  input  wire clk,
  input  wire rst,
  input  wire [7:0] s_axis_tdata,
  input  wire s_axis_tvalid,
  input  wire s_axis_tlast,
  output wire s_axis_tready,
  output wire [17:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg [4:0] step_q;
  reg [1:0] vectors_q;
  reg [4:0] beat_q;
  reg beats_word_q;
  reg [5:0] write_at_q;
  reg [5:0] write_base_p1_q;
  reg [5:0] write_base_p2_q;
  reg comes_p1_q;
  reg comes_p2_q;
  reg comes_last_p1_q;
  reg comes_last_p2_q;
  reg [7:0] beat_p1_q;
  reg [7:0] beat_p2_q;
  reg [5:0] bank0_place_q;
  reg bank0_write_q;
  reg [5:0] bank0_address_q;
  reg [7:0] bank0_data_q;
  reg [2:0] results_taken_q;
  reg [27:0] program_word_q;
  reg [5:0] vector_at_q;
  reg [5:0] vector_base_p1_q;
  reg [5:0] vector_base_p2_q;
  reg reads_vector_p1_q;
  reg reads_vector_p2_q;
  reg reads_vector_p3_q;
  reg valid_p1_q;
  reg valid_p2_q;
  reg valid_p3_q;
  reg valid_p4_q;
  reg ended_p1_q;
  reg ended_p2_q;
  reg ended_p3_q;
  reg ended_p4_q;
  reg ended_p5_q;
  reg ended_p6_q;
  reg ended_p7_q;
  reg ended_p8_q;
  reg [1:0] result_slot_q;
  reg [2:0] results_q;
  reg [2:0] row_beat_q;
  reg [1:0] read_slot_q;
  reg [1:0] slot_q;
  reg reads_q;
  reg row_last_q;
  reg row_valid_p1_q;
  reg row_valid_p2_q;
  reg row_valid_p3_q;
  reg row_valid_p4_q;
  reg row_end_p1_q;
  reg row_end_p2_q;
  reg row_end_p3_q;
  reg row_end_p4_q;
  reg pe0_bank0_last_p1_q;
  reg pe0_bank0_last_p2_q;
  reg pe0_bank0_last_p3_q;
  reg pe0_bank0_last_p4_q;
  reg pe0_bank0_last_p5_q;
  reg [5:0] pe0_bank0_address_q;
  reg [7:0] pe0_bank0_x_q;
  reg [7:0] pe0_bank0_weight_p1_q;
  reg [7:0] pe0_bank0_weight_p2_q;
  reg [7:0] pe0_bank0_weight_p3_q;
  reg signed [15:0] pe0_bank0_product_q;
  reg signed [15:0] pe0_bank0_term_q;
  reg pe0_bank0_fresh_q;
  reg signed [17:0] pe0_bank0_sum_q;
  reg pe0_bank0_done_q;
  reg [1:0] pe0_bank0_row_q;
  reg [17:0] pe0_bank0_stored_q;
  reg pe1_bank0_last_p1_q;
  reg pe1_bank0_last_p2_q;
  reg pe1_bank0_last_p3_q;
  reg pe1_bank0_last_p4_q;
  reg pe1_bank0_last_p5_q;
  reg [5:0] pe1_bank0_address_q;
  reg [7:0] pe1_bank0_x_q;
  reg [7:0] pe1_bank0_weight_p1_q;
  reg [7:0] pe1_bank0_weight_p2_q;
  reg [7:0] pe1_bank0_weight_p3_q;
  reg signed [15:0] pe1_bank0_product_q;
  reg signed [15:0] pe1_bank0_term_q;
  reg pe1_bank0_fresh_q;
  reg signed [17:0] pe1_bank0_sum_q;
  reg pe1_bank0_done_q;
  reg [1:0] pe1_bank0_row_q;
  reg [17:0] pe1_bank0_stored_q;
  reg pe_of0_p1_q;
  reg pe_of0_p2_q;
  reg signed [17:0] picked0x0_q;
  reg signed [17:0] result0_q;
  wire beats_word_d;
  wire [27:0] program_word_d;
  wire [2:0] rows_data_o;
  reg [7:0] pe0_bank0_vector_q;
  reg [7:0] pe0_bank0_vector [0:53];
  reg [17:0] pe0_bank0_sums_q;
  reg [17:0] pe0_bank0_sums [0:15];
  reg [7:0] pe1_bank0_vector_q;
  reg [7:0] pe1_bank0_vector [0:53];
  reg [17:0] pe1_bank0_sums_q;
  reg [17:0] pe1_bank0_sums [0:15];

  // vectors come, and wait for their turn
  wire go_any = |step_q;
  wire step_last = step_q == 5'd29;
  wire [4:0] step_inc = step_q + 5'd1;

  // the program: all steps for each vector, where its results have a place
  wire go = (|vectors_q) & (go_any | (results_taken_q != 3'd4));

  // vectors come, and wait for their turn
  wire vector_ends = go & step_last;
  wire [1:0] vectors_up = vectors_q + 2'd1;
  wire [1:0] vectors_down = vectors_q - 2'd1;
  wire s_axis_fire = s_axis_tvalid & (vectors_q != 2'd2);
  wire beat_last = beat_q == 5'd31;
  wire [4:0] beat_inc = beat_q + 5'd1;
  wire vector_comes = s_axis_fire & beat_last;

  // banks take their elements of a beat
  wire [5:0] write_at_more = write_at_q + 6'd27;
  wire bank0_takes = comes_p2_q & beats_word_q;
  wire [5:0] bank0_next = bank0_place_q + {5'd0, bank0_takes};
  wire [5:0] bank0_address_d = write_base_p2_q + bank0_place_q;

  // the program: all steps for each vector, where its results have a place
  wire [2:0] results_taken_up = results_taken_q + 3'd1;
  wire [2:0] results_taken_down = results_taken_q - 3'd1;
  wire [5:0] vector_at_more = vector_at_q + 6'd27;
  wire [1:0] result_slot_inc = result_slot_q + 2'd1;

  // rows leave in their order
  wire run = ~row_valid_p4_q | m_axis_tready;
  wire [2:0] results_up = results_q + 3'd1;
  wire [2:0] results_down = results_q - 3'd1;
  wire some = |results_q;
  wire row_beat_last = row_beat_q == 3'd7;
  wire [2:0] row_beat_inc = row_beat_q + 3'd1;
  wire rows_end = (run & some) & row_beat_last;
  wire [1:0] read_slot_inc = read_slot_q + 2'd1;
  wire read = run & reads_q;
  wire results_freed = (run & reads_q) & row_last_q;
  wire [3:0] sum_at0x0 = {slot_q, rows_data_o[2:1]};
  wire results_taken_and = go & ~go_any;

  // PE 0, bank 0: 30 entries of 4 rows
  wire [13:0] pe0_bank0_step = program_word_q[13:0];
  wire [5:0] pe0_bank0_address_d = vector_base_p2_q + {1'd0, pe0_bank0_step[12:8]};
  wire signed [15:0] pe0_bank0_product_d = $signed({{8{pe0_bank0_x_q[7]}},
      pe0_bank0_x_q}) * $signed({{8{pe0_bank0_weight_p3_q[7]}}, pe0_bank0_weight_p3_q});
  wire signed [17:0] pe0_bank0_sum_d = (pe0_bank0_fresh_q ? 18'h0 : pe0_bank0_sum_q) +
      {{2{pe0_bank0_term_q[15]}}, pe0_bank0_term_q};
  wire [1:0] pe0_bank0_row_inc = pe0_bank0_row_q + 2'd1;

  // PE 1, bank 0: 29 entries of 4 rows
  wire [13:0] pe1_bank0_step = program_word_q[27:14];
  wire [5:0] pe1_bank0_address_d = vector_base_p2_q + {1'd0, pe1_bank0_step[12:8]};
  wire signed [15:0] pe1_bank0_product_d = $signed({{8{pe1_bank0_x_q[7]}},
      pe1_bank0_x_q}) * $signed({{8{pe1_bank0_weight_p3_q[7]}}, pe1_bank0_weight_p3_q});
  wire signed [17:0] pe1_bank0_sum_d = (pe1_bank0_fresh_q ? 18'h0 : pe1_bank0_sum_q) +
      {{2{pe1_bank0_term_q[15]}}, pe1_bank0_term_q};
  wire [1:0] pe1_bank0_row_inc = pe1_bank0_row_q + 2'd1;

  // PE 0, bank 0: 30 entries of 4 rows
  always @(posedge clk) if (bank0_write_q) begin
    pe0_bank0_vector[bank0_address_q] <= bank0_data_q;
  end
  always @(posedge clk) if (reads_vector_p3_q) begin
    pe0_bank0_vector_q <= pe0_bank0_vector[pe0_bank0_address_q];
  end

  // PE 0, bank 0: 30 entries of 4 rows
  always @(posedge clk) if (pe0_bank0_done_q) begin
    pe0_bank0_sums[{result_slot_q, pe0_bank0_row_q}] <= pe0_bank0_sum_q;
  end
  always @(posedge clk) if (read) begin
    pe0_bank0_sums_q <= pe0_bank0_sums[sum_at0x0];
  end

  // PE 1, bank 0: 29 entries of 4 rows
  always @(posedge clk) if (bank0_write_q) begin
    pe1_bank0_vector[bank0_address_q] <= bank0_data_q;
  end
  always @(posedge clk) if (reads_vector_p3_q) begin
    pe1_bank0_vector_q <= pe1_bank0_vector[pe1_bank0_address_q];
  end

  // PE 1, bank 0: 29 entries of 4 rows
  always @(posedge clk) if (pe1_bank0_done_q) begin
    pe1_bank0_sums[{result_slot_q, pe1_bank0_row_q}] <= pe1_bank0_sum_q;
  end
  always @(posedge clk) if (read) begin
    pe1_bank0_sums_q <= pe1_bank0_sums[sum_at0x0];
  end

  // banks take their elements of a beat
  nl_sparse_mvu_8x32_p2s1_l1o1_hc70cb8_beats u_beats (
    .clk(clk),
    .en_i(s_axis_fire),
    .addr_i(beat_q),
    .data_o(beats_word_d)
  );

  // the program: all steps for each vector, where its results have a place
  nl_sparse_mvu_8x32_p2s1_l1o1_hc70cb8_program u_program (
    .clk(clk),
    .en_i(go),
    .addr_i(step_q),
    .data_o(program_word_d)
  );

  // rows leave in their order
  nl_sparse_mvu_8x32_p2s1_l1o1_hc70cb8_rows u_rows (
    .clk(clk),
    .en_i(run & some),
    .addr_i(row_beat_q),
    .data_o(rows_data_o)
  );

  // vectors come, and wait for their turn
  assign s_axis_tready = vectors_q != 2'd2;

  assign m_axis_tdata = result0_q;
  assign m_axis_tvalid = row_valid_p4_q;
  assign m_axis_tlast = row_end_p4_q;

  // vectors come, and wait for their turn
  always @(posedge clk) begin
    if (rst) begin
      step_q <= 5'd0;
    end else if (go) begin
      step_q <= step_last ? 5'd0 : step_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      vectors_q <= 2'd0;
    end else if (vector_comes ^ vector_ends) begin
      vectors_q <= vector_comes ? vectors_up : vectors_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      beat_q <= 5'd0;
    end else if (s_axis_fire) begin
      beat_q <= beat_inc;
    end
  end

  // banks take their elements of a beat
  always @(posedge clk) begin
    beats_word_q <= beats_word_d;
    write_base_p1_q <= write_at_q;
    write_base_p2_q <= write_base_p1_q;
    comes_last_p1_q <= beat_last;
    comes_last_p2_q <= comes_last_p1_q;
    beat_p1_q <= s_axis_tdata;
    beat_p2_q <= beat_p1_q;
    bank0_address_q <= bank0_address_d;
    bank0_data_q <= beat_p2_q;
  end

  always @(posedge clk) begin
    if (rst) begin
      write_at_q <= 6'd0;
    end else if (vector_comes) begin
      write_at_q <= (write_at_q == 6'd27) ? 6'd0 : write_at_more;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      comes_p1_q <= 1'd0;
      comes_p2_q <= 1'd0;
      bank0_write_q <= 1'd0;
    end else begin
      comes_p1_q <= s_axis_fire;
      comes_p2_q <= comes_p1_q;
      bank0_write_q <= bank0_takes;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      bank0_place_q <= 6'd0;
    end else if (comes_p2_q) begin
      bank0_place_q <= comes_last_p2_q ? 6'd0 : bank0_next;
    end
  end

  // the program: all steps for each vector, where its results have a place
  always @(posedge clk) begin
    if (rst) begin
      results_taken_q <= 3'd0;
    end else if (results_taken_and ^ results_freed) begin
      results_taken_q <= results_taken_and ? results_taken_up : results_taken_down;
    end
  end

  always @(posedge clk) begin
    program_word_q <= program_word_d;
    vector_base_p1_q <= vector_at_q;
    vector_base_p2_q <= vector_base_p1_q;
  end

  always @(posedge clk) begin
    if (rst) begin
      vector_at_q <= 6'd0;
    end else if (vector_ends) begin
      vector_at_q <= (vector_at_q == 6'd27) ? 6'd0 : vector_at_more;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      reads_vector_p1_q <= 1'd0;
      reads_vector_p2_q <= 1'd0;
      reads_vector_p3_q <= 1'd0;
      valid_p1_q <= 1'd0;
      valid_p2_q <= 1'd0;
      valid_p3_q <= 1'd0;
      valid_p4_q <= 1'd0;
      ended_p1_q <= 1'd0;
      ended_p2_q <= 1'd0;
      ended_p3_q <= 1'd0;
      ended_p4_q <= 1'd0;
      ended_p5_q <= 1'd0;
      ended_p6_q <= 1'd0;
      ended_p7_q <= 1'd0;
      ended_p8_q <= 1'd0;
    end else begin
      reads_vector_p1_q <= go;
      reads_vector_p2_q <= reads_vector_p1_q;
      reads_vector_p3_q <= reads_vector_p2_q;
      valid_p1_q <= reads_vector_p3_q;
      valid_p2_q <= valid_p1_q;
      valid_p3_q <= valid_p2_q;
      valid_p4_q <= valid_p3_q;
      ended_p1_q <= vector_ends;
      ended_p2_q <= ended_p1_q;
      ended_p3_q <= ended_p2_q;
      ended_p4_q <= ended_p3_q;
      ended_p5_q <= ended_p4_q;
      ended_p6_q <= ended_p5_q;
      ended_p7_q <= ended_p6_q;
      ended_p8_q <= ended_p7_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      result_slot_q <= 2'd0;
    end else if (ended_p8_q) begin
      result_slot_q <= result_slot_inc;
    end
  end

  // rows leave in their order
  always @(posedge clk) begin
    if (rst) begin
      results_q <= 3'd0;
    end else if (ended_p8_q ^ rows_end) begin
      results_q <= ended_p8_q ? results_up : results_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      row_beat_q <= 3'd0;
    end else if (run & some) begin
      row_beat_q <= row_beat_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      read_slot_q <= 2'd0;
    end else if (rows_end) begin
      read_slot_q <= read_slot_inc;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      slot_q <= read_slot_q;
      row_last_q <= row_beat_last;
      row_end_p1_q <= row_last_q;
      row_end_p2_q <= row_end_p1_q;
      row_end_p3_q <= row_end_p2_q;
      row_end_p4_q <= row_end_p3_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      reads_q <= 1'd0;
      row_valid_p1_q <= 1'd0;
      row_valid_p2_q <= 1'd0;
      row_valid_p3_q <= 1'd0;
      row_valid_p4_q <= 1'd0;
    end else if (run) begin
      reads_q <= some;
      row_valid_p1_q <= reads_q;
      row_valid_p2_q <= row_valid_p1_q;
      row_valid_p3_q <= row_valid_p2_q;
      row_valid_p4_q <= row_valid_p3_q;
    end
  end

  // PE 0, bank 0: 30 entries of 4 rows
  always @(posedge clk) begin
    pe0_bank0_last_p1_q <= pe0_bank0_step[13];
    pe0_bank0_last_p2_q <= pe0_bank0_last_p1_q;
    pe0_bank0_last_p3_q <= pe0_bank0_last_p2_q;
    pe0_bank0_last_p4_q <= pe0_bank0_last_p3_q;
    pe0_bank0_last_p5_q <= pe0_bank0_last_p4_q;
    pe0_bank0_address_q <= pe0_bank0_address_d;
    pe0_bank0_x_q <= pe0_bank0_vector_q;
    pe0_bank0_weight_p1_q <= pe0_bank0_step[7:0];
    pe0_bank0_weight_p2_q <= pe0_bank0_weight_p1_q;
    pe0_bank0_weight_p3_q <= pe0_bank0_weight_p2_q;
    pe0_bank0_product_q <= pe0_bank0_product_d;
    pe0_bank0_term_q <= pe0_bank0_product_q;
  end

  always @(posedge clk) begin
    if (rst) begin
      pe0_bank0_fresh_q <= 1'd1;
      pe0_bank0_sum_q <= 18'h0;
    end else if (valid_p4_q) begin
      pe0_bank0_fresh_q <= pe0_bank0_last_p5_q;
      pe0_bank0_sum_q <= pe0_bank0_sum_d;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      pe0_bank0_done_q <= 1'd0;
    end else begin
      pe0_bank0_done_q <= valid_p4_q & pe0_bank0_last_p5_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      pe0_bank0_row_q <= 2'd0;
    end else if (pe0_bank0_done_q) begin
      pe0_bank0_row_q <= pe0_bank0_row_inc;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      pe0_bank0_stored_q <= pe0_bank0_sums_q;
    end
  end

  // PE 1, bank 0: 29 entries of 4 rows
  always @(posedge clk) begin
    pe1_bank0_last_p1_q <= pe1_bank0_step[13];
    pe1_bank0_last_p2_q <= pe1_bank0_last_p1_q;
    pe1_bank0_last_p3_q <= pe1_bank0_last_p2_q;
    pe1_bank0_last_p4_q <= pe1_bank0_last_p3_q;
    pe1_bank0_last_p5_q <= pe1_bank0_last_p4_q;
    pe1_bank0_address_q <= pe1_bank0_address_d;
    pe1_bank0_x_q <= pe1_bank0_vector_q;
    pe1_bank0_weight_p1_q <= pe1_bank0_step[7:0];
    pe1_bank0_weight_p2_q <= pe1_bank0_weight_p1_q;
    pe1_bank0_weight_p3_q <= pe1_bank0_weight_p2_q;
    pe1_bank0_product_q <= pe1_bank0_product_d;
    pe1_bank0_term_q <= pe1_bank0_product_q;
  end

  always @(posedge clk) begin
    if (rst) begin
      pe1_bank0_fresh_q <= 1'd1;
      pe1_bank0_sum_q <= 18'h0;
    end else if (valid_p4_q) begin
      pe1_bank0_fresh_q <= pe1_bank0_last_p5_q;
      pe1_bank0_sum_q <= pe1_bank0_sum_d;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      pe1_bank0_done_q <= 1'd0;
    end else begin
      pe1_bank0_done_q <= valid_p4_q & pe1_bank0_last_p5_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      pe1_bank0_row_q <= 2'd0;
    end else if (pe1_bank0_done_q) begin
      pe1_bank0_row_q <= pe1_bank0_row_inc;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      pe1_bank0_stored_q <= pe1_bank0_sums_q;
    end
  end

  // results: the sums of the row's PE, and its bias
  always @(posedge clk) begin
    if (run) begin
      pe_of0_p1_q <= rows_data_o[0];
      pe_of0_p2_q <= pe_of0_p1_q;
      picked0x0_q <= pe_of0_p2_q ? pe1_bank0_stored_q : pe0_bank0_stored_q;
      result0_q <= picked0x0_q;
    end
  end

  wire unused_ok = &{1'b0, s_axis_tlast};

endmodule

`default_nettype wire
