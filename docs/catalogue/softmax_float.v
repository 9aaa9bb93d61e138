// nl_softmax_float_64x1_hba58ad_exp0
// block  rom: 256 words of 25 bits, read latency 1
`default_nettype none

`ifndef NL_MEM_DIR
`define NL_MEM_DIR "./"
`endif

module nl_softmax_float_64x1_hba58ad_exp0 (
  input  wire clk,
  input  wire en_i,
  input  wire [7:0] addr_i,
  output wire [24:0] data_o
);

  reg [24:0] mem_q;
  reg [24:0] mem [0:255];
  initial $readmemh({`NL_MEM_DIR, "nl_softmax_float_64x1_hba58ad_exp0.mem"}, mem);

  always @(posedge clk) if (en_i) begin
    mem_q <= mem[addr_i];
  end

  assign data_o = mem_q;

endmodule

`default_nettype wire

// nl_softmax_float_64x1_hba58ad
// block     softmax_float: computes the softmax of rows as frameworks do in float
// computes  y[i] = round(exp(S x[i]) / sum over k of exp(S x[k]) / S_y) + zero
// config    defaults
// niello    0.1.0, config c8468eff8cba58ad
// rows      as long as their frames, in whole beats; cut after 64 of them
// table     256 exponentials of 24 bits behind the point
// division  18 bits a row, one a cycle
// in  s_axis: 1 x 8 bits signed a beat, with a last mark
// out m_axis: 1 x 8 bits signed a beat, with a last mark
`default_nettype none

module nl_softmax_float_64x1_hba58ad (
  input  wire clk,
  input  wire rst,
  input  wire [7:0] s_axis_tdata,
  input  wire s_axis_tvalid,
  input  wire s_axis_tlast,
  output wire s_axis_tready,
  output wire [7:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg [2:0] element_rows_q;
  reg [6:0] element_used_q;
  reg [5:0] beat_q;
  reg signed [7:0] x0_q;
  reg row_last_max_p1_q;
  reg signed [7:0] max_so_far_q;
  reg signed [7:0] max_q;
  reg row_done_q;
  reg [1:0] word_rows_q;
  reg [6:0] word_used_q;
  reg [4:0] second_wait_q;
  reg element_active_q;
  reg [5:0] element_left_q;
  reg [2:0] element_pending_q;
  reg element_next_valid_q;
  reg [1:0] element_length_at_q;
  reg [1:0] element_number_at_q;
  reg [1:0] element_fetch_at_q;
  reg [6:0] element_length_q;
  reg [7:0] element_number_q;
  reg [7:0] element_number_p1_q;
  reg [7:0] element_number_p2_q;
  reg [6:0] element_wr_q;
  reg [6:0] element_rd_q;
  reg [7:0] element_beat_q;
  reg element_valid_p1_q;
  reg element_valid_p2_q;
  reg [7:0] below0_q;
  reg some0_p1_q;
  reg some0_p2_q;
  reg some0_p3_q;
  reg [24:0] exp0_q;
  reg [17:0] word0_q;
  reg [24:0] exp0_held_q;
  reg some_word_p1_q;
  reg some_word_p2_q;
  reg some_word_p3_q;
  reg some_word_p4_q;
  reg last_read_p1_q;
  reg last_read_p2_q;
  reg last_read_p3_q;
  reg last_read_p4_q;
  reg last_read_p5_q;
  reg last_read_p6_q;
  reg [30:0] sum_so_far_q;
  reg [30:0] sum_q;
  reg row_summed_p1_q;
  reg row_summed_p2_q;
  reg row_summed_p3_q;
  reg row_summed_p4_q;
  reg row_summed_p5_q;
  reg row_summed_p6_q;
  reg row_summed_p7_q;
  reg [4:0] division_step_q;
  reg [30:0] division_divisor_q;
  reg [30:0] division_rest_q;
  reg [17:0] division_quotient_q;
  reg division_ready_q;
  reg word_active_q;
  reg [5:0] word_left_q;
  reg [1:0] word_pending_q;
  reg word_next_valid_q;
  reg [1:0] word_length_at_q;
  reg [1:0] word_number_at_q;
  reg [1:0] word_fetch_at_q;
  reg [6:0] word_length_q;
  reg [17:0] word_number_q;
  reg [17:0] word_number_p1_q;
  reg [17:0] word_number_p2_q;
  reg [6:0] word_wr_q;
  reg [6:0] word_rd_q;
  reg [17:0] word_beat_q;
  reg word_valid_p1_q;
  reg word_valid_p2_q;
  reg [10:0] product0_q;
  reg [10:0] share0_q;
  reg signed [12:0] moved0_q;
  reg [7:0] y0_q;
  reg valid_p1_q;
  reg valid_p2_q;
  reg valid_p3_q;
  reg valid_p4_q;
  reg end_p1_q;
  reg end_p2_q;
  reg end_p3_q;
  reg end_p4_q;
  reg end_p5_q;
  reg end_p6_q;
  wire [24:0] exp0_d;
  reg [6:0] element_lengths_q;
  reg [6:0] element_lengths [0:3];
  reg [7:0] element_numbers_q;
  reg [7:0] element_numbers [0:3];
  reg [7:0] element_ring_q;
  reg [7:0] element_ring [0:70];
  reg [6:0] word_lengths_q;
  reg [6:0] word_lengths [0:2];
  reg [17:0] word_numbers_q;
  reg [17:0] word_numbers [0:2];
  reg [17:0] word_ring_q;
  reg [17:0] word_ring [0:94];

  // rows as they come: elements wait for their row's first number
  wire [2:0] element_rows_up = element_rows_q + 3'd1;
  wire [2:0] element_rows_down = element_rows_q - 3'd1;
  wire [6:0] element_used_up = element_used_q + 7'd1;
  wire [6:0] element_used_down = element_used_q - 7'd1;
  wire row_last = s_axis_tlast | (beat_q == 6'd63);
  wire [5:0] beat_next = beat_q + 6'd1;
  wire s_axis_ready = (element_used_q != 7'd71) & ~(row_last & (element_rows_q == 3'd4));
  wire s_axis_fire = s_axis_tvalid & s_axis_ready;
  wire row = s_axis_fire & row_last;

  // the beat's maximum, and the row's
  wire signed [7:0] max_now = (max_so_far_q < x0_q) ? x0_q : max_so_far_q;

  // elements again, with that number: words wait for their row's second one
  wire [1:0] word_rows_up = word_rows_q + 2'd1;
  wire [1:0] word_rows_down = word_rows_q - 2'd1;
  wire [6:0] word_used_up = word_used_q + 7'd1;
  wire [6:0] word_used_down = word_used_q - 7'd1;
  wire second_wait_busy = |second_wait_q;
  wire [4:0] second_wait_less = second_wait_q - 5'd1;
  wire element_more = |element_left_q;
  wire element_ends = ~element_more;
  wire element_run = (word_used_q != 7'd95) & ~(element_ends & (second_wait_busy | (word_rows_q == 2'd3)));
  wire element_issue = element_run & element_active_q;
  wire row_read = element_issue & element_ends;
  wire [2:0] element_pending_up = element_pending_q + 3'd1;
  wire [2:0] element_pending_down = element_pending_q - 3'd1;
  wire element_load = element_next_valid_q & (~element_active_q | (element_issue & element_ends));
  wire element_fetch = (|element_pending_q) & (~element_next_valid_q | element_load);
  wire [1:0] element_length_at_inc = element_length_at_q + 2'd1;
  wire [1:0] element_number_at_inc = element_number_at_q + 2'd1;
  wire [1:0] element_fetch_at_inc = element_fetch_at_q + 2'd1;
  wire [5:0] element_left_less = element_left_q - 6'd1;
  wire element_wr_last = element_wr_q == 7'd70;
  wire [6:0] element_wr_inc = element_wr_q + 7'd1;
  wire element_rd_last = element_rd_q == 7'd70;
  wire [6:0] element_rd_inc = element_rd_q + 7'd1;

  // how far each code lies below the maximum, and its exponential
  wire [7:0] apart0 = element_number_p2_q - element_beat_q;
  wire [17:0] word0_sum = exp0_q[24:7] + {17'd0, exp0_q[6]};

  // their sum
  wire [31:0] sum_now = {1'd0, sum_so_far_q} + {7'd0, exp0_held_q};
  wire [30:0] sum_d = sum_now[30:0];

  // the division, a bit of the quotient a cycle
  wire division_busy = |division_step_q;
  wire [4:0] division_step_less = division_step_q - 5'd1;
  wire [31:0] division_twice = {division_rest_q, division_quotient_q[17]};
  wire signed [32:0] division_left = {1'd0, division_twice} - {1'd0, {1'd0, division_divisor_q}};
  wire division_goes = ~division_left[32];

  // words again, with that number: results
  wire word_more = |word_left_q;
  wire word_ends = ~word_more;
  wire word_run = ~valid_p4_q | m_axis_tready;
  wire word_issue = word_run & word_active_q;
  wire [1:0] word_pending_up = word_pending_q + 2'd1;
  wire [1:0] word_pending_down = word_pending_q - 2'd1;
  wire word_load = word_next_valid_q & (~word_active_q | (word_issue & word_ends));
  wire word_fetch = (|word_pending_q) & (~word_next_valid_q | word_load);
  wire word_length_at_last = word_length_at_q == 2'd2;
  wire [1:0] word_length_at_inc = word_length_at_q + 2'd1;
  wire word_number_at_last = word_number_at_q == 2'd2;
  wire [1:0] word_number_at_inc = word_number_at_q + 2'd1;
  wire word_fetch_at_last = word_fetch_at_q == 2'd2;
  wire [1:0] word_fetch_at_inc = word_fetch_at_q + 2'd1;
  wire [5:0] word_left_less = word_left_q - 6'd1;
  wire word_wr_last = word_wr_q == 7'd94;
  wire [6:0] word_wr_inc = word_wr_q + 7'd1;
  wire word_rd_last = word_rd_q == 7'd94;
  wire [6:0] word_rd_inc = word_rd_q + 7'd1;
  wire [35:0] product0_prod = {18'd0, word_beat_q} * {18'd0, word_number_p2_q};
  wire [10:0] share0 = {1'd0, product0_q[10:1]} + {10'd0, product0_q[0]};
  wire [11:0] moved0_ext = {1'd0, share0_q};
  wire signed [12:0] moved0_d = {moved0_ext[11], moved0_ext} - 13'd128;
  wire y0_most = ~moved0_q[12];
  wire [5:0] y0_bits = moved0_q[12:7];

  // elements again, with that number: words wait for their row's second one
  always @(posedge clk) if (row) begin
    element_lengths[element_length_at_q] <= {s_axis_tlast, beat_q};
  end
  always @(posedge clk) if (element_fetch) begin
    element_lengths_q <= element_lengths[element_fetch_at_q];
  end

  // elements again, with that number: words wait for their row's second one
  always @(posedge clk) if (row_done_q) begin
    element_numbers[element_number_at_q] <= max_q;
  end
  always @(posedge clk) if (element_fetch) begin
    element_numbers_q <= element_numbers[element_fetch_at_q];
  end

  // elements again, with that number: words wait for their row's second one
  always @(posedge clk) if (s_axis_fire) begin
    element_ring[element_wr_q] <= s_axis_tdata;
  end
  always @(posedge clk) if (element_issue) begin
    element_ring_q <= element_ring[element_rd_q];
  end

  // words again, with that number: results
  always @(posedge clk) if (row_read) begin
    word_lengths[word_length_at_q] <= element_length_q;
  end
  always @(posedge clk) if (word_fetch) begin
    word_lengths_q <= word_lengths[word_fetch_at_q];
  end

  // words again, with that number: results
  always @(posedge clk) if (division_ready_q) begin
    word_numbers[word_number_at_q] <= division_quotient_q;
  end
  always @(posedge clk) if (word_fetch) begin
    word_numbers_q <= word_numbers[word_fetch_at_q];
  end

  // words again, with that number: results
  always @(posedge clk) if (some_word_p4_q) begin
    word_ring[word_wr_q] <= word0_q;
  end
  always @(posedge clk) if (word_issue) begin
    word_ring_q <= word_ring[word_rd_q];
  end

  // how far each code lies below the maximum, and its exponential
  nl_softmax_float_64x1_hba58ad_exp0 u_exp0 (
    .clk(clk),
    .en_i(1'd1),
    .addr_i(below0_q),
    .data_o(exp0_d)
  );

  assign s_axis_tready = s_axis_ready;
  assign m_axis_tdata = y0_q;
  assign m_axis_tvalid = valid_p4_q;
  assign m_axis_tlast = end_p6_q;

  // rows as they come: elements wait for their row's first number
  always @(posedge clk) begin
    if (rst) begin
      element_rows_q <= 3'd0;
    end else if (row ^ element_load) begin
      element_rows_q <= row ? element_rows_up : element_rows_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      element_used_q <= 7'd0;
    end else if (s_axis_fire ^ element_issue) begin
      element_used_q <= s_axis_fire ? element_used_up : element_used_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      beat_q <= 6'd0;
    end else if (s_axis_fire) begin
      beat_q <= row_last ? 6'd0 : beat_next;
    end
  end

  // the beat's maximum, and the row's
  always @(posedge clk) begin
    if (rst) begin
      x0_q <= 8'd128;
      row_last_max_p1_q <= 1'd0;
      max_so_far_q <= 8'd128;
      row_done_q <= 1'd0;
    end else begin
      x0_q <= ~s_axis_fire ? 8'd128 : s_axis_tdata;
      row_last_max_p1_q <= row;
      max_so_far_q <= row_last_max_p1_q ? 8'd128 : max_now;
      row_done_q <= row_last_max_p1_q;
    end
  end

  always @(posedge clk) begin
    max_q <= max_now;
  end

  // elements again, with that number: words wait for their row's second one
  always @(posedge clk) begin
    if (rst) begin
      word_rows_q <= 2'd0;
    end else if (row_read ^ word_load) begin
      word_rows_q <= row_read ? word_rows_up : word_rows_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      word_used_q <= 7'd0;
    end else if (element_issue ^ word_issue) begin
      word_used_q <= element_issue ? word_used_up : word_used_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      second_wait_q <= 5'd0;
      element_valid_p1_q <= 1'd0;
      element_valid_p2_q <= 1'd0;
    end else begin
      second_wait_q <= row_read ? 5'd18 : (second_wait_busy ? second_wait_less : 5'd0);
      element_valid_p1_q <= element_issue;
      element_valid_p2_q <= element_valid_p1_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      element_active_q <= 1'd0;
    end else if (element_load | element_issue) begin
      element_active_q <= element_load | element_more;
    end
  end

  always @(posedge clk) begin
    if (element_load | element_issue) begin
      element_left_q <= element_load ? element_lengths_q[5:0] : element_left_less;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      element_pending_q <= 3'd0;
    end else if (row_done_q ^ element_fetch) begin
      element_pending_q <= row_done_q ? element_pending_up : element_pending_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      element_next_valid_q <= 1'd0;
    end else if (element_fetch | element_load) begin
      element_next_valid_q <= element_fetch;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      element_length_at_q <= 2'd0;
    end else if (row) begin
      element_length_at_q <= element_length_at_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      element_number_at_q <= 2'd0;
    end else if (row_done_q) begin
      element_number_at_q <= element_number_at_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      element_fetch_at_q <= 2'd0;
    end else if (element_fetch) begin
      element_fetch_at_q <= element_fetch_at_inc;
    end
  end

  always @(posedge clk) begin
    if (element_load) begin
      element_length_q <= element_lengths_q;
      element_number_q <= element_numbers_q;
    end
  end

  always @(posedge clk) begin
    element_number_p1_q <= element_number_q;
    element_number_p2_q <= element_number_p1_q;
    element_beat_q <= element_ring_q;
  end

  always @(posedge clk) begin
    if (rst) begin
      element_wr_q <= 7'd0;
    end else if (s_axis_fire) begin
      element_wr_q <= element_wr_last ? 7'd0 : element_wr_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      element_rd_q <= 7'd0;
    end else if (element_issue) begin
      element_rd_q <= element_rd_last ? 7'd0 : element_rd_inc;
    end
  end

  // how far each code lies below the maximum, and its exponential
  always @(posedge clk) begin
    below0_q <= apart0;
    exp0_q <= exp0_d;
  end

  always @(posedge clk) begin
    if (rst) begin
      some0_p1_q <= 1'd0;
      some0_p2_q <= 1'd0;
      some0_p3_q <= 1'd0;
      word0_q <= 18'h0;
      exp0_held_q <= 25'h0;
      some_word_p1_q <= 1'd0;
      some_word_p2_q <= 1'd0;
      some_word_p3_q <= 1'd0;
      some_word_p4_q <= 1'd0;
    end else begin
      some0_p1_q <= element_valid_p2_q;
      some0_p2_q <= some0_p1_q;
      some0_p3_q <= some0_p2_q;
      word0_q <= some0_p3_q ? word0_sum : 18'h0;
      exp0_held_q <= some0_p3_q ? exp0_q : 25'h0;
      some_word_p1_q <= element_valid_p2_q;
      some_word_p2_q <= some_word_p1_q;
      some_word_p3_q <= some_word_p2_q;
      some_word_p4_q <= some_word_p3_q;
    end
  end

  // their sum
  always @(posedge clk) begin
    if (rst) begin
      last_read_p1_q <= 1'd0;
      last_read_p2_q <= 1'd0;
      last_read_p3_q <= 1'd0;
      last_read_p4_q <= 1'd0;
      last_read_p5_q <= 1'd0;
      last_read_p6_q <= 1'd0;
      sum_so_far_q <= 31'h0;
    end else begin
      last_read_p1_q <= row_read;
      last_read_p2_q <= last_read_p1_q;
      last_read_p3_q <= last_read_p2_q;
      last_read_p4_q <= last_read_p3_q;
      last_read_p5_q <= last_read_p4_q;
      last_read_p6_q <= last_read_p5_q;
      sum_so_far_q <= last_read_p6_q ? 31'h0 : sum_d;
    end
  end

  always @(posedge clk) begin
    sum_q <= sum_d;
  end

  // the division, a bit of the quotient a cycle
  always @(posedge clk) begin
    if (rst) begin
      row_summed_p1_q <= 1'd0;
      row_summed_p2_q <= 1'd0;
      row_summed_p3_q <= 1'd0;
      row_summed_p4_q <= 1'd0;
      row_summed_p5_q <= 1'd0;
      row_summed_p6_q <= 1'd0;
      row_summed_p7_q <= 1'd0;
      division_ready_q <= 1'd0;
    end else begin
      row_summed_p1_q <= row_read;
      row_summed_p2_q <= row_summed_p1_q;
      row_summed_p3_q <= row_summed_p2_q;
      row_summed_p4_q <= row_summed_p3_q;
      row_summed_p5_q <= row_summed_p4_q;
      row_summed_p6_q <= row_summed_p5_q;
      row_summed_p7_q <= row_summed_p6_q;
      division_ready_q <= division_step_q == 5'd1;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      division_step_q <= 5'd0;
    end else if (row_summed_p7_q | division_busy) begin
      division_step_q <= row_summed_p7_q ? 5'd18 : division_step_less;
    end
  end

  always @(posedge clk) begin
    if (row_summed_p7_q) begin
      division_divisor_q <= sum_q;
    end
  end

  always @(posedge clk) begin
    if (row_summed_p7_q | division_busy) begin
      division_rest_q <= row_summed_p7_q ? 31'h800000 : (division_goes ? division_left[30:0] :
      division_twice[30:0]);
    end
  end

  always @(posedge clk) begin
    if (row_summed_p7_q | division_busy) begin
      division_quotient_q <= row_summed_p7_q ? 18'h0 : {division_quotient_q[16:0], division_goes};
    end
  end

  // words again, with that number: results
  always @(posedge clk) begin
    if (rst) begin
      word_active_q <= 1'd0;
    end else if (word_load | word_issue) begin
      word_active_q <= word_load | word_more;
    end
  end

  always @(posedge clk) begin
    if (word_load | word_issue) begin
      word_left_q <= word_load ? word_lengths_q[5:0] : word_left_less;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      word_pending_q <= 2'd0;
    end else if (division_ready_q ^ word_fetch) begin
      word_pending_q <= division_ready_q ? word_pending_up : word_pending_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      word_next_valid_q <= 1'd0;
    end else if (word_fetch | word_load) begin
      word_next_valid_q <= word_fetch;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      word_length_at_q <= 2'd0;
    end else if (row_read) begin
      word_length_at_q <= word_length_at_last ? 2'd0 : word_length_at_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      word_number_at_q <= 2'd0;
    end else if (division_ready_q) begin
      word_number_at_q <= word_number_at_last ? 2'd0 : word_number_at_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      word_fetch_at_q <= 2'd0;
    end else if (word_fetch) begin
      word_fetch_at_q <= word_fetch_at_last ? 2'd0 : word_fetch_at_inc;
    end
  end

  always @(posedge clk) begin
    if (word_load) begin
      word_length_q <= word_lengths_q;
      word_number_q <= word_numbers_q;
    end
  end

  always @(posedge clk) begin
    if (word_run) begin
      word_number_p1_q <= word_number_q;
      word_number_p2_q <= word_number_p1_q;
      word_beat_q <= word_ring_q;
      product0_q <= product0_prod[35:25];
      share0_q <= share0;
      moved0_q <= moved0_d;
      y0_q <= ((|y0_bits) & ~(&y0_bits)) ? {moved0_q[12], {y0_most, y0_most, y0_most, y0_most, y0_most,
      y0_most, y0_most}} : moved0_q[7:0];
      end_p1_q <= (word_issue & word_ends) & word_length_q[6];
      end_p2_q <= end_p1_q;
      end_p3_q <= end_p2_q;
      end_p4_q <= end_p3_q;
      end_p5_q <= end_p4_q;
      end_p6_q <= end_p5_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      word_wr_q <= 7'd0;
    end else if (some_word_p4_q) begin
      word_wr_q <= word_wr_last ? 7'd0 : word_wr_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      word_rd_q <= 7'd0;
    end else if (word_issue) begin
      word_rd_q <= word_rd_last ? 7'd0 : word_rd_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      word_valid_p1_q <= 1'd0;
      word_valid_p2_q <= 1'd0;
      valid_p1_q <= 1'd0;
      valid_p2_q <= 1'd0;
      valid_p3_q <= 1'd0;
      valid_p4_q <= 1'd0;
    end else if (word_run) begin
      word_valid_p1_q <= word_active_q;
      word_valid_p2_q <= word_valid_p1_q;
      valid_p1_q <= word_valid_p2_q;
      valid_p2_q <= valid_p1_q;
      valid_p3_q <= valid_p2_q;
      valid_p4_q <= valid_p3_q;
    end
  end

  wire unused_ok = &{1'b0, product0_prod[24:0], word_length_q[5:0], division_left[31], sum_now[31]};

endmodule

`default_nettype wire
