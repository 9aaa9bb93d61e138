// nl_i_exp_1xs14_n30_haf23c0
// block     i_exp: gives the exponential of integers that are not positive, as I-BERT does
// computes  y = max(((r + q_b) r + q_c) 2^(n - z), 0), x = r + z q0
// config    defaults
// niello    0.1.0, config 6fced4814caf23c0
// stages    11 registers in line
// result    41 bits, worth a S^2 / 2^30 each
// in  s_axis: 1 x 14 bits signed a beat, with a last mark
// out m_axis: 1 x 41 bits unsigned a beat, with a last mark
`default_nettype none

module nl_i_exp_1xs14_n30_haf23c0 (
  input  wire clk,
  input  wire rst,
  input  wire [13:0] s_axis_tdata,
  input  wire s_axis_tvalid,
  input  wire s_axis_tlast,
  output wire s_axis_tready,
  output wire [40:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg [8:0] distance0_q;
  reg [7:0] rest0_4b_q;
  reg z0_4b_q;
  reg [6:0] rest0_3b_q;
  reg [1:0] z0_3b_q;
  reg [5:0] rest0_2b_q;
  reg [2:0] z0_2b_q;
  reg [4:0] rest0_1b_q;
  reg [3:0] z0_1b_q;
  reg [3:0] rest0_0b_q;
  reg [4:0] z0_0b_q;
  reg [5:0] t0_q;
  reg [3:0] r0_q;
  reg [3:0] product0_a_q;
  reg [5:0] product0_b_q;
  reg [9:0] product0_part0_q;
  reg [10:0] value0_q;
  reg [4:0] z_held0_p1_q;
  reg [4:0] z_held0_p2_q;
  reg [4:0] z_held0_p3_q;
  reg [4:0] z_held0_p4_q;
  reg [40:0] y0_q;
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

  wire run = ~valid_p11_q | m_axis_tready;

  // a register in each stage; all move together
  wire [13:0] below0 = 14'd0 - s_axis_tdata;
  wire [13:0] distance0_sel_sel = s_axis_tdata[13] ? below0 : 14'd0;
  wire [13:0] distance0_sel = (distance0_sel_sel > 14'd480) ? 14'd480 : distance0_sel_sel;
  wire signed [9:0] left0_4b = {1'd0, distance0_q} - 10'd256;
  wire signed [8:0] left0_3b = {1'd0, rest0_4b_q} - 9'd128;
  wire signed [7:0] left0_2b = {1'd0, rest0_3b_q} - 8'd64;
  wire signed [6:0] left0_1b = {1'd0, rest0_2b_q} - 7'd32;
  wire signed [5:0] left0_0b = {1'd0, rest0_1b_q} - 6'd16;
  wire [5:0] t0_d = 6'd61 - {2'd0, rest0_0b_q};
  wire [9:0] product0_part0_d = {6'd0, product0_a_q} * {4'd0, product0_b_q};
  wire signed [11:0] polynomial0 = 12'd1457 - {2'd0, product0_part0_q};
  wire [10:0] polynomial0_l1 = 11'd1457 - {1'd0, product0_part0_q};
  wire [40:0] y0_d = {value0_q, 30'h0} >> z_held0_p4_q;

  assign s_axis_tready = run;
  assign m_axis_tdata = y0_q;
  assign m_axis_tvalid = valid_p11_q;
  assign m_axis_tlast = last_p11_q;

  // a register in each stage; all move together
  always @(posedge clk) begin
    if (run) begin
      distance0_q <= distance0_sel[8:0];
      rest0_4b_q <= ~left0_4b[9] ? distance0_q[7:0] : distance0_q[7:0];
      z0_4b_q <= ~left0_4b[9];
      rest0_3b_q <= ~left0_3b[8] ? rest0_4b_q[6:0] : rest0_4b_q[6:0];
      z0_3b_q <= {z0_4b_q, ~left0_3b[8]};
      rest0_2b_q <= ~left0_2b[7] ? rest0_3b_q[5:0] : rest0_3b_q[5:0];
      z0_2b_q <= {z0_3b_q, ~left0_2b[7]};
      rest0_1b_q <= ~left0_1b[6] ? rest0_2b_q[4:0] : rest0_2b_q[4:0];
      z0_1b_q <= {z0_2b_q, ~left0_1b[6]};
      rest0_0b_q <= ~left0_0b[5] ? rest0_1b_q[3:0] : rest0_1b_q[3:0];
      z0_0b_q <= {z0_1b_q, ~left0_0b[5]};
      t0_q <= t0_d;
      r0_q <= rest0_0b_q;
      product0_a_q <= r0_q;
      product0_b_q <= t0_q;
      product0_part0_q <= product0_part0_d;
      value0_q <= polynomial0[11] ? 11'd0 : polynomial0_l1;
      z_held0_p1_q <= z0_0b_q;
      z_held0_p2_q <= z_held0_p1_q;
      z_held0_p3_q <= z_held0_p2_q;
      z_held0_p4_q <= z_held0_p3_q;
      y0_q <= y0_d;
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
    end
  end

  wire unused_ok = &{1'b0, polynomial0[10:0], left0_0b[4:0], left0_1b[5:0], left0_2b[6:0], left0_3b[7:0],
      left0_4b[8:0], distance0_sel[13:9]};

endmodule

`default_nettype wire
