// nl_row_gain_64x1_s16f15
// block     row_gain: tells how large the largest element of a row is beside all of them
// computes  y = floor(2^f max over k of |x[k]| / max(floor(sqrt(sum over k of x[k]^2)), 1))
// config    defaults
// niello    0.1.0, config 77bdc7808495d6c5
// result    in units of 2^-15
// in  s_axis: 1 x 16 bits signed a beat, last is ignored: frames end by count
// out m_axis: 1 x 16 bits unsigned a beat, with a last mark
`default_nettype none

module nl_row_gain_64x1_s16f15 (
  input  wire clk,
  input  wire rst,
  input  wire [15:0] s_axis_tdata,
  input  wire s_axis_tvalid,
  input  wire s_axis_tlast,
  output wire s_axis_tready,
  output wire [15:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg [5:0] beat_q;
  reg busy_q;
  reg [15:0] magnitude0_q;
  reg row_last_largest_p1_q;
  reg [15:0] largest_so_far_q;
  reg [15:0] largest_q;
  reg some_element_q;
  reg signed [15:0] element0_q;
  reg [31:0] square0_q;
  reg row_last_square_p1_q;
  reg row_last_square_p2_q;
  reg [36:0] squares_so_far_q;
  reg [36:0] squares_q;
  reg row_summed_p1_q;
  reg row_summed_p2_q;
  reg row_summed_p3_q;
  reg row_found_p1_q;
  reg row_found_p2_q;
  reg [15:0] largest_kept_q;
  reg [4:0] root_step_q;
  reg [37:0] root_ahead_q;
  reg [18:0] root_root_q;
  reg [19:0] root_rest_q;
  reg root_ready_q;
  reg [4:0] gain_step_q;
  reg [18:0] gain_divisor_q;
  reg [18:0] gain_rest_q;
  reg [15:0] gain_quotient_q;
  reg gain_ready_q;
  reg none_q;
  reg waits_q;

  // a row's last beat waits until the result of the one before it is taken
  wire ends = beat_q == 6'd63;
  wire s_axis_fire = s_axis_tvalid & ~(ends & busy_q);
  wire [5:0] beat_inc = beat_q + 6'd1;
  wire row = s_axis_fire & ends;

  // the beat's largest magnitude, and the row's
  wire signed [15:0] negated = 16'd0 - s_axis_tdata;
  wire [15:0] largest_now = (magnitude0_q < largest_so_far_q) ? largest_so_far_q : magnitude0_q;

  // the sum of its squares
  wire signed [31:0] square0_prod = $signed({{16{element0_q[15]}},
      element0_q}) * $signed({{16{element0_q[15]}}, element0_q});
  wire [37:0] squares_now = {1'd0, squares_so_far_q} + {6'd0, square0_q};
  wire [36:0] squares_d = squares_now[36:0];

  // the root of the sum of squares, and the largest magnitude by that
  wire root_busy = |root_step_q;
  wire [4:0] root_step_less = root_step_q - 5'd1;
  wire [21:0] root_four = {root_rest_q, root_ahead_q[37:36]};
  wire [20:0] root_trial = {root_root_q, 2'd1};
  wire signed [22:0] root_left = {1'd0, root_four} - {1'd0, {1'd0, root_trial}};
  wire root_goes = ~root_left[22];
  wire gain_busy = |gain_step_q;
  wire [4:0] gain_step_less = gain_step_q - 5'd1;
  wire [19:0] gain_twice = {gain_rest_q, gain_quotient_q[15]};
  wire signed [20:0] gain_left = {1'd0, gain_twice} - {1'd0, {1'd0, gain_divisor_q}};
  wire gain_goes = ~gain_left[20];
  wire gives = waits_q & m_axis_tready;
  wire [15:0] gain = none_q ? 16'd0 : gain_quotient_q;

  // a row's last beat waits until the result of the one before it is taken
  assign s_axis_tready = ~(ends & busy_q);

  assign m_axis_tdata = gain;
  assign m_axis_tvalid = waits_q;

  // the root of the sum of squares, and the largest magnitude by that
  assign m_axis_tlast = 1'd1;

  // a row's last beat waits until the result of the one before it is taken
  always @(posedge clk) begin
    if (rst) begin
      beat_q <= 6'd0;
    end else if (s_axis_fire) begin
      beat_q <= beat_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      busy_q <= 1'd0;
    end else if (row | gives) begin
      busy_q <= row;
    end
  end

  // the beat's largest magnitude, and the row's
  always @(posedge clk) begin
    if (rst) begin
      magnitude0_q <= 16'd0;
      row_last_largest_p1_q <= 1'd0;
      largest_so_far_q <= 16'd0;
    end else begin
      magnitude0_q <= s_axis_fire ? (s_axis_tdata[15] ? negated : s_axis_tdata) : 16'd0;
      row_last_largest_p1_q <= row;
      largest_so_far_q <= row_last_largest_p1_q ? 16'd0 : largest_now;
    end
  end

  always @(posedge clk) begin
    largest_q <= largest_now;
  end

  // the sum of its squares
  always @(posedge clk) begin
    if (rst) begin
      some_element_q <= 1'd0;
      square0_q <= 32'h0;
      row_last_square_p1_q <= 1'd0;
      row_last_square_p2_q <= 1'd0;
      squares_so_far_q <= 37'h0;
    end else begin
      some_element_q <= s_axis_fire;
      square0_q <= some_element_q ? square0_prod : 32'h0;
      row_last_square_p1_q <= row;
      row_last_square_p2_q <= row_last_square_p1_q;
      squares_so_far_q <= row_last_square_p2_q ? 37'h0 : squares_d;
    end
  end

  always @(posedge clk) begin
    element0_q <= s_axis_tdata;
    squares_q <= squares_d;
  end

  // the root of the sum of squares, and the largest magnitude by that
  always @(posedge clk) begin
    if (rst) begin
      row_summed_p1_q <= 1'd0;
      row_summed_p2_q <= 1'd0;
      row_summed_p3_q <= 1'd0;
      row_found_p1_q <= 1'd0;
      row_found_p2_q <= 1'd0;
      root_ready_q <= 1'd0;
      gain_ready_q <= 1'd0;
    end else begin
      row_summed_p1_q <= row;
      row_summed_p2_q <= row_summed_p1_q;
      row_summed_p3_q <= row_summed_p2_q;
      row_found_p1_q <= row;
      row_found_p2_q <= row_found_p1_q;
      root_ready_q <= root_step_q == 5'd1;
      gain_ready_q <= gain_step_q == 5'd1;
    end
  end

  always @(posedge clk) begin
    if (row_found_p2_q) begin
      largest_kept_q <= largest_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      root_step_q <= 5'd0;
    end else if (row_summed_p3_q | root_busy) begin
      root_step_q <= row_summed_p3_q ? 5'd19 : root_step_less;
    end
  end

  always @(posedge clk) begin
    if (row_summed_p3_q | root_busy) begin
      root_ahead_q <= row_summed_p3_q ? {1'd0, squares_q} : {root_ahead_q[35:0], 2'd0};
    end
  end

  always @(posedge clk) begin
    if (row_summed_p3_q | root_busy) begin
      root_root_q <= row_summed_p3_q ? 19'h0 : {root_root_q[17:0], root_goes};
    end
  end

  always @(posedge clk) begin
    if (row_summed_p3_q | root_busy) begin
      root_rest_q <= row_summed_p3_q ? 20'h0 : (root_goes ? root_left[19:0] : root_four[19:0]);
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      gain_step_q <= 5'd0;
    end else if (root_ready_q | gain_busy) begin
      gain_step_q <= root_ready_q ? 5'd16 : gain_step_less;
    end
  end

  always @(posedge clk) begin
    if (root_ready_q) begin
      gain_divisor_q <= root_root_q;
    end
  end

  always @(posedge clk) begin
    if (root_ready_q | gain_busy) begin
      gain_rest_q <= root_ready_q ? {4'd0, largest_kept_q[15:1]} : (gain_goes ? gain_left[18:0] :
      gain_twice[18:0]);
    end
  end

  always @(posedge clk) begin
    if (root_ready_q | gain_busy) begin
      gain_quotient_q <= root_ready_q ? {largest_kept_q[0], 15'd0} : {gain_quotient_q[14:0], gain_goes};
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      none_q <= 1'd0;
    end else if (root_ready_q) begin
      none_q <= ~(|root_root_q);
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      waits_q <= 1'd0;
    end else if (gain_ready_q | gives) begin
      waits_q <= gain_ready_q;
    end
  end

  wire unused_ok = &{1'b0, gain_left[19], root_left[21:20], squares_now[37], s_axis_tlast};

endmodule

`default_nettype wire
