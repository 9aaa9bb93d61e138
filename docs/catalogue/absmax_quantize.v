// nl_absmax_quantize_64x1_s16s8
// block     absmax_quantize: makes rows codes of few bits, the largest magnitude the largest code
// computes  y[i] = round(T x[i] / max over k of |x[k]|), T = 2^(out_bits - 1) - 1
// config    defaults
// niello    0.1.0, config 0ed2e6617fe24aa2
// rows      as long as their frames, in whole beats; cut after 64 of them
// division  31 bits a row, one a cycle
// in  s_axis: 1 x 16 bits signed a beat, with a last mark
// out m_axis: 1 x 8 bits signed a beat, with a last mark
`default_nettype none

module nl_absmax_quantize_64x1_s16s8 (
  input  wire clk,
  input  wire rst,
  input  wire [15:0] s_axis_tdata,
  input  wire s_axis_tvalid,
  input  wire s_axis_tlast,
  output wire s_axis_tready,
  output wire [7:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg [1:0] element_rows_q;
  reg [7:0] element_used_q;
  reg [4:0] first_wait_q;
  reg [5:0] beat_q;
  reg [15:0] magnitude0_q;
  reg row_last_largest_p1_q;
  reg [15:0] largest_so_far_q;
  reg [15:0] largest_q;
  reg row_largest_q;
  reg [4:0] inverse_step_q;
  reg [15:0] inverse_divisor_q;
  reg [15:0] inverse_rest_q;
  reg [30:0] inverse_quotient_q;
  reg inverse_ready_q;
  reg [4:0] outlet_taken_q;
  reg element_active_q;
  reg [5:0] element_left_q;
  reg [1:0] element_pending_q;
  reg element_next_valid_q;
  reg [1:0] element_length_at_q;
  reg [1:0] element_number_at_q;
  reg [1:0] element_fetch_at_q;
  reg [6:0] element_length_q;
  reg [30:0] element_number_q;
  reg [30:0] element_number_p1_q;
  reg [30:0] element_number_p2_q;
  reg [6:0] element_wr_q;
  reg [6:0] element_rd_q;
  reg [15:0] element_beat_q;
  reg signed [15:0] element0_q;
  reg [30:0] by0_q;
  reg signed [33:0] low0_q;
  reg signed [30:0] high0_q;
  reg signed [48:0] product0_q;
  reg [7:0] y0_q;
  reg some_code_p1_q;
  reg some_code_p2_q;
  reg some_code_p3_q;
  reg some_code_p4_q;
  reg some_code_p5_q;
  reg some_code_p6_q;
  reg end_p1_q;
  reg end_p2_q;
  reg end_p3_q;
  reg end_p4_q;
  reg end_p5_q;
  reg end_p6_q;
  reg [4:0] outlet_some_q;
  reg [3:0] outlet_wr_q;
  reg [3:0] outlet_rd_q;
  reg [8:0] outlet_beat_q;
  reg outlet_valid_p1_q;
  reg outlet_valid_p2_q;
  reg [6:0] element_lengths_q;
  reg [6:0] element_lengths [0:2];
  reg [30:0] element_numbers_q;
  reg [30:0] element_numbers [0:2];
  reg [15:0] element_ring_q;
  reg [15:0] element_ring [0:127];
  reg [8:0] outlet_q;
  reg [8:0] outlet [0:15];

  // rows as they come: elements wait for the inverse of their row's largest magnitude
  wire [1:0] element_rows_up = element_rows_q + 2'd1;
  wire [1:0] element_rows_down = element_rows_q - 2'd1;
  wire [7:0] element_used_up = element_used_q + 8'd1;
  wire [7:0] element_used_down = element_used_q - 8'd1;
  wire row_last = s_axis_tlast | (beat_q == 6'd63);
  wire first_wait_busy = |first_wait_q;
  wire s_axis_ready = (element_used_q != 8'd128) & ~(row_last & (first_wait_busy | (element_rows_q == 2'd3)));
  wire s_axis_fire = s_axis_tvalid & s_axis_ready;
  wire row = s_axis_fire & row_last;
  wire row_taken = row;
  wire [4:0] first_wait_less = first_wait_q - 5'd1;
  wire [5:0] beat_next = beat_q + 6'd1;

  // the beat's largest magnitude, and the row's
  wire signed [15:0] negated = 16'd0 - s_axis_tdata;
  wire [15:0] largest_now = (magnitude0_q < largest_so_far_q) ? largest_so_far_q : magnitude0_q;

  // its inverse, a bit at a time; of zero it is anything
  wire inverse_busy = |inverse_step_q;
  wire [4:0] inverse_step_less = inverse_step_q - 5'd1;
  wire [16:0] inverse_twice = {inverse_rest_q, inverse_quotient_q[30]};
  wire signed [17:0] inverse_left = {1'd0, inverse_twice} - {1'd0, {1'd0, inverse_divisor_q}};
  wire inverse_goes = ~inverse_left[17];

  // elements again, with that: codes for which there are places
  wire [4:0] outlet_taken_up = outlet_taken_q + 5'd1;
  wire [4:0] outlet_taken_down = outlet_taken_q - 5'd1;
  wire element_more = |element_left_q;
  wire element_ends = ~element_more;
  wire element_run = outlet_taken_q != 5'd16;
  wire element_issue = element_run & element_active_q;
  wire [1:0] element_pending_up = element_pending_q + 2'd1;
  wire [1:0] element_pending_down = element_pending_q - 2'd1;
  wire element_load = element_next_valid_q & (~element_active_q | (element_issue & element_ends));
  wire element_fetch = (|element_pending_q) & (~element_next_valid_q | element_load);
  wire element_length_at_last = element_length_at_q == 2'd2;
  wire [1:0] element_length_at_inc = element_length_at_q + 2'd1;
  wire element_number_at_last = element_number_at_q == 2'd2;
  wire [1:0] element_number_at_inc = element_number_at_q + 2'd1;
  wire element_fetch_at_last = element_fetch_at_q == 2'd2;
  wire [1:0] element_fetch_at_inc = element_fetch_at_q + 2'd1;
  wire [5:0] element_left_less = element_left_q - 6'd1;
  wire [6:0] element_wr_inc = element_wr_q + 7'd1;
  wire [6:0] element_rd_inc = element_rd_q + 7'd1;
  wire [17:0] low0_ext = {1'd0, by0_q[16:0]};
  wire signed [33:0] low0_d = $signed({{18{element0_q[15]}}, element0_q}) * $signed({{16{low0_ext[17]}},
      low0_ext});
  wire [14:0] high0_ext = {1'd0, by0_q[30:17]};
  wire signed [30:0] high0_d = $signed({{15{element0_q[15]}}, element0_q}) * $signed({{16{high0_ext[14]}},
      high0_ext});
  wire [16:0] upper0_bits = low0_q[33:17];
  wire signed [31:0] upper0 = {high0_q[30], high0_q} + {{15{upper0_bits[16]}}, upper0_bits};
  wire signed [49:0] y0_sum = {product0_q[48], product0_q} + 50'h800000;
  wire [4:0] outlet_some_up = outlet_some_q + 5'd1;
  wire [4:0] outlet_some_down = outlet_some_q - 5'd1;
  wire outlet_moves = ~outlet_valid_p2_q | m_axis_tready;
  wire outlet_read = outlet_moves & (|outlet_some_q);
  wire [3:0] outlet_wr_inc = outlet_wr_q + 4'd1;
  wire [3:0] outlet_rd_inc = outlet_rd_q + 4'd1;
  assign m_axis_tdata = outlet_beat_q[7:0];
  assign m_axis_tlast = outlet_beat_q[8];

  // elements again, with that: codes for which there are places
  always @(posedge clk) if (row) begin
    element_lengths[element_length_at_q] <= {s_axis_tlast, beat_q};
  end
  always @(posedge clk) if (element_fetch) begin
    element_lengths_q <= element_lengths[element_fetch_at_q];
  end

  // elements again, with that: codes for which there are places
  always @(posedge clk) if (inverse_ready_q) begin
    element_numbers[element_number_at_q] <= inverse_quotient_q;
  end
  always @(posedge clk) if (element_fetch) begin
    element_numbers_q <= element_numbers[element_fetch_at_q];
  end

  // elements again, with that: codes for which there are places
  always @(posedge clk) if (s_axis_fire) begin
    element_ring[element_wr_q] <= s_axis_tdata;
  end
  always @(posedge clk) if (element_issue) begin
    element_ring_q <= element_ring[element_rd_q];
  end

  // elements again, with that: codes for which there are places
  always @(posedge clk) if (some_code_p6_q) begin
    outlet[outlet_wr_q] <= {end_p6_q, y0_q};
  end
  always @(posedge clk) if (outlet_read) begin
    outlet_q <= outlet[outlet_rd_q];
  end

  assign s_axis_tready = s_axis_ready;
  assign m_axis_tvalid = outlet_valid_p2_q;

  // rows as they come: elements wait for the inverse of their row's largest magnitude
  always @(posedge clk) begin
    if (rst) begin
      element_rows_q <= 2'd0;
    end else if (row ^ element_load) begin
      element_rows_q <= row ? element_rows_up : element_rows_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      element_used_q <= 8'd0;
    end else if (s_axis_fire ^ element_issue) begin
      element_used_q <= s_axis_fire ? element_used_up : element_used_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      first_wait_q <= 5'd0;
    end else begin
      first_wait_q <= row_taken ? 5'd31 : (first_wait_busy ? first_wait_less : 5'd0);
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      beat_q <= 6'd0;
    end else if (s_axis_fire) begin
      beat_q <= row_last ? 6'd0 : beat_next;
    end
  end

  // the beat's largest magnitude, and the row's
  always @(posedge clk) begin
    if (rst) begin
      magnitude0_q <= 16'd0;
      row_last_largest_p1_q <= 1'd0;
      largest_so_far_q <= 16'd0;
      row_largest_q <= 1'd0;
    end else begin
      magnitude0_q <= s_axis_fire ? (s_axis_tdata[15] ? negated : s_axis_tdata) : 16'd0;
      row_last_largest_p1_q <= row;
      largest_so_far_q <= row_last_largest_p1_q ? 16'd0 : largest_now;
      row_largest_q <= row_last_largest_p1_q;
    end
  end

  always @(posedge clk) begin
    largest_q <= largest_now;
  end

  // its inverse, a bit at a time; of zero it is anything
  always @(posedge clk) begin
    if (rst) begin
      inverse_step_q <= 5'd0;
    end else if (row_largest_q | inverse_busy) begin
      inverse_step_q <= row_largest_q ? 5'd31 : inverse_step_less;
    end
  end

  always @(posedge clk) begin
    if (row_largest_q) begin
      inverse_divisor_q <= largest_q;
    end
  end

  always @(posedge clk) begin
    if (row_largest_q | inverse_busy) begin
      inverse_rest_q <= row_largest_q ? 16'd0 : (inverse_goes ? inverse_left[15:0] : inverse_twice[15:0]);
    end
  end

  always @(posedge clk) begin
    if (row_largest_q | inverse_busy) begin
      inverse_quotient_q <= row_largest_q ? 31'h7f000000 : {inverse_quotient_q[29:0], inverse_goes};
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      inverse_ready_q <= 1'd0;
    end else begin
      inverse_ready_q <= inverse_step_q == 5'd1;
    end
  end

  // elements again, with that: codes for which there are places
  always @(posedge clk) begin
    if (rst) begin
      outlet_taken_q <= 5'd0;
    end else if (element_issue ^ outlet_read) begin
      outlet_taken_q <= element_issue ? outlet_taken_up : outlet_taken_down;
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
      element_pending_q <= 2'd0;
    end else if (inverse_ready_q ^ element_fetch) begin
      element_pending_q <= inverse_ready_q ? element_pending_up : element_pending_down;
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
      element_length_at_q <= element_length_at_last ? 2'd0 : element_length_at_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      element_number_at_q <= 2'd0;
    end else if (inverse_ready_q) begin
      element_number_at_q <= element_number_at_last ? 2'd0 : element_number_at_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      element_fetch_at_q <= 2'd0;
    end else if (element_fetch) begin
      element_fetch_at_q <= element_fetch_at_last ? 2'd0 : element_fetch_at_inc;
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
    element0_q <= element_beat_q;
    by0_q <= element_number_p2_q;
    low0_q <= low0_d;
    high0_q <= high0_d;
    product0_q <= {upper0, low0_q[16:0]};
    y0_q <= y0_sum[31:24];
    end_p1_q <= (element_issue & element_ends) & element_length_q[6];
    end_p2_q <= end_p1_q;
    end_p3_q <= end_p2_q;
    end_p4_q <= end_p3_q;
    end_p5_q <= end_p4_q;
    end_p6_q <= end_p5_q;
  end

  always @(posedge clk) begin
    if (rst) begin
      element_wr_q <= 7'd0;
    end else if (s_axis_fire) begin
      element_wr_q <= element_wr_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      element_rd_q <= 7'd0;
    end else if (element_issue) begin
      element_rd_q <= element_rd_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      some_code_p1_q <= 1'd0;
      some_code_p2_q <= 1'd0;
      some_code_p3_q <= 1'd0;
      some_code_p4_q <= 1'd0;
      some_code_p5_q <= 1'd0;
      some_code_p6_q <= 1'd0;
    end else begin
      some_code_p1_q <= element_issue;
      some_code_p2_q <= some_code_p1_q;
      some_code_p3_q <= some_code_p2_q;
      some_code_p4_q <= some_code_p3_q;
      some_code_p5_q <= some_code_p4_q;
      some_code_p6_q <= some_code_p5_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      outlet_some_q <= 5'd0;
    end else if (some_code_p6_q ^ outlet_read) begin
      outlet_some_q <= some_code_p6_q ? outlet_some_up : outlet_some_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      outlet_wr_q <= 4'd0;
    end else if (some_code_p6_q) begin
      outlet_wr_q <= outlet_wr_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      outlet_rd_q <= 4'd0;
    end else if (outlet_read) begin
      outlet_rd_q <= outlet_rd_inc;
    end
  end

  always @(posedge clk) begin
    if (outlet_moves) begin
      outlet_beat_q <= outlet_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      outlet_valid_p1_q <= 1'd0;
      outlet_valid_p2_q <= 1'd0;
    end else if (outlet_moves) begin
      outlet_valid_p1_q <= |outlet_some_q;
      outlet_valid_p2_q <= outlet_valid_p1_q;
    end
  end

  wire unused_ok = &{1'b0, y0_sum[49:32], y0_sum[23:0], element_length_q[5:0], inverse_left[16]};

endmodule

`default_nettype wire
