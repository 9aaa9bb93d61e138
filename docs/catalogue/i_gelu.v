// nl_i_gelu_1xs18_h47c247
// block     i_gelu: gives the GELU of wide integers, as I-BERT does
// computes  y = q (floor(sgn(q) ((min(|q|, -b) + b)^2 + c) / 2^n) + one)
// config    defaults
// niello    0.1.0, config 935f16580e47c247
// stages    13 registers in line
// in  s_axis: 1 x 18 bits signed a beat, with a last mark
// out m_axis: 1 x 36 bits signed a beat, with a last mark
`default_nettype none

module nl_i_gelu_1xs18_h47c247 (
  input  wire clk,
  input  wire rst,
  input  wire [17:0] s_axis_tdata,
  input  wire s_axis_tvalid,
  input  wire s_axis_tlast,
  output wire s_axis_tready,
  output wire [35:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg [17:0] size0_q;
  reg minus0_q;
  reg [15:0] u0_q;
  reg [15:0] square0_a_q;
  reg [15:0] square0_b_q;
  reg [31:0] square0_part0_q;
  reg minus_square0_p1_q;
  reg minus_square0_p2_q;
  reg minus_square0_p3_q;
  reg signed [32:0] polynomial0_q;
  reg minus_polynomial0_q;
  reg signed [33:0] signed0_q;
  reg minus_signed0_q;
  reg signed [20:0] factor0_q;
  reg minus_factor0_q;
  reg opposite0_q;
  reg [17:0] factor_size0_q;
  reg [17:0] size_held0_p1_q;
  reg [17:0] size_held0_p2_q;
  reg [17:0] size_held0_p3_q;
  reg [17:0] size_held0_p4_q;
  reg [17:0] size_held0_p5_q;
  reg [17:0] size_held0_p6_q;
  reg [17:0] size_held0_p7_q;
  reg [17:0] y0_a_q;
  reg [17:0] y0_b_q;
  reg [33:0] y0_part0_q;
  reg [17:0] y0_part1_q;
  reg [17:0] y0_part2_q;
  reg [1:0] y0_part3_q;
  reg [35:0] y0_sum0_0_q;
  reg [19:0] y0_sum0_1_q;
  reg [37:0] y0_sum1_0_q;
  reg opposite_held0_p1_q;
  reg opposite_held0_p2_q;
  reg opposite_held0_p3_q;
  reg opposite_held0_p4_q;
  reg signed [35:0] result0_q;
  reg valid_p1_q;
  reg valid_p2_q;
  reg valid_p3_q;
  reg valid_p4_q;
  reg valid_p5_q;
  reg valid_p6_q;
  reg valid_p7_q;
  reg valid_p8_q;
  reg valid_p9_q;
  reg valid_p10_q;
  reg valid_p11_q;
  reg valid_p12_q;
  reg valid_p13_q;
  reg last_p1_q;
  reg last_p2_q;
  reg last_p3_q;
  reg last_p4_q;
  reg last_p5_q;
  reg last_p6_q;
  reg last_p7_q;
  reg last_p8_q;
  reg last_p9_q;
  reg last_p10_q;
  reg last_p11_q;
  reg last_p12_q;
  reg last_p13_q;

  wire run = ~valid_p13_q | m_axis_tready;

  // a register in each stage; all move together
  wire signed [17:0] negated = 18'h0 - s_axis_tdata;
  wire signed [18:0] base0 = 19'ha01d - {1'd0, size0_q};
  wire [15:0] base0_l1 = 16'd40989 - size0_q[15:0];
  wire [31:0] square0_part0_d = {16'd0, square0_a_q} * {16'd0, square0_b_q};
  wire signed [32:0] polynomial0_d = {1'd0, square0_part0_q} - 33'h6ecd193c;
  wire signed [33:0] signed0_diff = 34'h0 - {polynomial0_q[32], polynomial0_q};
  wire [19:0] factor0_bits = signed0_q[33:14];
  wire signed [20:0] factor0_d = {factor0_bits[19], factor0_bits} - 21'h1bb35;
  wire signed [20:0] negated_l1 = 21'h0 - factor0_q;
  wire [20:0] factor_size0_sel = factor0_q[20] ? negated_l1 : factor0_q;
  wire [16:0] y0_part1_bits = y0_a_q[16:0];
  wire [16:0] y0_part2_bits = y0_b_q[16:0];
  wire [33:0] y0_part0_d = {17'd0, y0_part1_bits} * {17'd0, y0_part2_bits};
  wire [17:0] y0_part1_d = {1'd0, y0_part1_bits} * {17'd0, y0_b_q[17]};
  wire [17:0] y0_part2_d = {17'd0, y0_a_q[17]} * {1'd0, y0_part2_bits};
  wire [1:0] y0_part3_d = {1'd0, y0_a_q[17]} * {1'd0, y0_b_q[17]};
  wire [35:0] y0_sum0_0_d = {2'd0, y0_part0_q} + {1'd0, {y0_part1_q, 17'h0}};
  wire [19:0] y0_sum0_1_d = {2'd0, y0_part2_q} + {1'd0, {y0_part3_q, 17'h0}};
  wire [37:0] y0_sum1_0_d = {2'd0, y0_sum0_0_q} + {1'd0, {y0_sum0_1_q, 17'h0}};
  wire signed [35:0] result0_bits = y0_sum1_0_q[35:0];
  wire [36:0] result0_diff_ext = {1'd0, result0_bits};
  wire signed [35:0] result0_diff = 36'h0 - result0_diff_ext[35:0];

  assign s_axis_tready = run;
  assign m_axis_tdata = result0_q;
  assign m_axis_tvalid = valid_p13_q;
  assign m_axis_tlast = last_p13_q;

  // a register in each stage; all move together
  always @(posedge clk) begin
    if (run) begin
      size0_q <= s_axis_tdata[17] ? negated : s_axis_tdata;
      minus0_q <= s_axis_tdata[17];
      u0_q <= base0[18] ? 16'd0 : base0_l1;
      square0_a_q <= u0_q;
      square0_b_q <= u0_q;
      square0_part0_q <= square0_part0_d;
      minus_square0_p1_q <= minus0_q;
      minus_square0_p2_q <= minus_square0_p1_q;
      minus_square0_p3_q <= minus_square0_p2_q;
      polynomial0_q <= polynomial0_d;
      minus_polynomial0_q <= minus_square0_p3_q;
      signed0_q <= minus_polynomial0_q ? signed0_diff : {polynomial0_q[32], polynomial0_q};
      minus_signed0_q <= minus_polynomial0_q;
      factor0_q <= factor0_d;
      minus_factor0_q <= minus_signed0_q;
      opposite0_q <= minus_factor0_q ^ factor0_q[20];
      factor_size0_q <= factor_size0_sel[17:0];
      size_held0_p1_q <= size0_q;
      size_held0_p2_q <= size_held0_p1_q;
      size_held0_p3_q <= size_held0_p2_q;
      size_held0_p4_q <= size_held0_p3_q;
      size_held0_p5_q <= size_held0_p4_q;
      size_held0_p6_q <= size_held0_p5_q;
      size_held0_p7_q <= size_held0_p6_q;
      y0_a_q <= size_held0_p7_q;
      y0_b_q <= factor_size0_q;
      y0_part0_q <= y0_part0_d;
      y0_part1_q <= y0_part1_d;
      y0_part2_q <= y0_part2_d;
      y0_part3_q <= y0_part3_d;
      y0_sum0_0_q <= y0_sum0_0_d;
      y0_sum0_1_q <= y0_sum0_1_d;
      y0_sum1_0_q <= y0_sum1_0_d;
      opposite_held0_p1_q <= opposite0_q;
      opposite_held0_p2_q <= opposite_held0_p1_q;
      opposite_held0_p3_q <= opposite_held0_p2_q;
      opposite_held0_p4_q <= opposite_held0_p3_q;
      result0_q <= opposite_held0_p4_q ? result0_diff : result0_bits;
      last_p1_q <= s_axis_tlast;
      last_p2_q <= last_p1_q;
      last_p3_q <= last_p2_q;
      last_p4_q <= last_p3_q;
      last_p5_q <= last_p4_q;
      last_p6_q <= last_p5_q;
      last_p7_q <= last_p6_q;
      last_p8_q <= last_p7_q;
      last_p9_q <= last_p8_q;
      last_p10_q <= last_p9_q;
      last_p11_q <= last_p10_q;
      last_p12_q <= last_p11_q;
      last_p13_q <= last_p12_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      valid_p1_q <= 1'd0;
      valid_p2_q <= 1'd0;
      valid_p3_q <= 1'd0;
      valid_p4_q <= 1'd0;
      valid_p5_q <= 1'd0;
      valid_p6_q <= 1'd0;
      valid_p7_q <= 1'd0;
      valid_p8_q <= 1'd0;
      valid_p9_q <= 1'd0;
      valid_p10_q <= 1'd0;
      valid_p11_q <= 1'd0;
      valid_p12_q <= 1'd0;
      valid_p13_q <= 1'd0;
    end else if (run) begin
      valid_p1_q <= s_axis_tvalid;
      valid_p2_q <= valid_p1_q;
      valid_p3_q <= valid_p2_q;
      valid_p4_q <= valid_p3_q;
      valid_p5_q <= valid_p4_q;
      valid_p6_q <= valid_p5_q;
      valid_p7_q <= valid_p6_q;
      valid_p8_q <= valid_p7_q;
      valid_p9_q <= valid_p8_q;
      valid_p10_q <= valid_p9_q;
      valid_p11_q <= valid_p10_q;
      valid_p12_q <= valid_p11_q;
      valid_p13_q <= valid_p12_q;
    end
  end

  wire unused_ok = &{1'b0, result0_diff_ext[36], y0_sum1_0_q[37:36], factor_size0_sel[20:18], signed0_q[13:0],
      base0[17:0]};

endmodule

`default_nettype wire
