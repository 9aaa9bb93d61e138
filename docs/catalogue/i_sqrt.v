// nl_i_sqrt_1xu16
// block     i_sqrt: gives square roots of integers, rounded down
// computes  y = floor(sqrt(x))
// config    defaults
// niello    0.1.0, config 288cb2042fd32894
// in  s_axis: 1 x 16 bits unsigned a beat, with a last mark
// out m_axis: 1 x 8 bits unsigned a beat, with a last mark
`default_nettype none

module nl_i_sqrt_1xu16 (
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

  reg [1:0] rest0_7b_q;
  reg [13:0] ahead0_7b_q;
  reg root0_7b_q;
  reg [2:0] rest0_6b_q;
  reg [11:0] ahead0_6b_q;
  reg [1:0] root0_6b_q;
  reg [3:0] rest0_5b_q;
  reg [9:0] ahead0_5b_q;
  reg [2:0] root0_5b_q;
  reg [4:0] rest0_4b_q;
  reg [7:0] ahead0_4b_q;
  reg [3:0] root0_4b_q;
  reg [5:0] rest0_3b_q;
  reg [5:0] ahead0_3b_q;
  reg [4:0] root0_3b_q;
  reg [6:0] rest0_2b_q;
  reg [3:0] ahead0_2b_q;
  reg [5:0] root0_2b_q;
  reg [7:0] rest0_1b_q;
  reg [1:0] ahead0_1b_q;
  reg [6:0] root0_1b_q;
  reg [7:0] root0_0b_q;
  reg valid_p1_q;
  reg valid_p2_q;
  reg valid_p3_q;
  reg valid_p4_q;
  reg valid_p5_q;
  reg valid_p6_q;
  reg valid_p7_q;
  reg valid_p8_q;
  reg last_p1_q;
  reg last_p2_q;
  reg last_p3_q;
  reg last_p4_q;
  reg last_p5_q;
  reg last_p6_q;
  reg last_p7_q;
  reg last_p8_q;

  wire run = ~valid_p8_q | m_axis_tready;

  // a register in each stage; all move together
  wire [1:0] four0_7b = s_axis_tdata[15:14];
  wire signed [2:0] left0_7b = {1'd0, four0_7b} - 3'd1;
  wire [1:0] left0_7b_l1 = four0_7b - 2'd1;
  wire [3:0] four0_6b = {rest0_7b_q, ahead0_7b_q[13:12]};
  wire [2:0] left0_6b_cat = {root0_7b_q, 2'd1};
  wire signed [4:0] left0_6b = {1'd0, four0_6b} - {2'd0, left0_6b_cat};
  wire [2:0] left0_6b_l1 = four0_6b[2:0] - left0_6b_cat;
  wire [4:0] four0_5b = {rest0_6b_q, ahead0_6b_q[11:10]};
  wire [3:0] left0_5b_cat = {root0_6b_q, 2'd1};
  wire signed [5:0] left0_5b = {1'd0, four0_5b} - {2'd0, left0_5b_cat};
  wire [3:0] left0_5b_l1 = four0_5b[3:0] - left0_5b_cat;
  wire [5:0] four0_4b = {rest0_5b_q, ahead0_5b_q[9:8]};
  wire [4:0] left0_4b_cat = {root0_5b_q, 2'd1};
  wire signed [6:0] left0_4b = {1'd0, four0_4b} - {2'd0, left0_4b_cat};
  wire [4:0] left0_4b_l1 = four0_4b[4:0] - left0_4b_cat;
  wire [6:0] four0_3b = {rest0_4b_q, ahead0_4b_q[7:6]};
  wire [5:0] left0_3b_cat = {root0_4b_q, 2'd1};
  wire signed [7:0] left0_3b = {1'd0, four0_3b} - {2'd0, left0_3b_cat};
  wire [5:0] left0_3b_l1 = four0_3b[5:0] - left0_3b_cat;
  wire [7:0] four0_2b = {rest0_3b_q, ahead0_3b_q[5:4]};
  wire [6:0] left0_2b_cat = {root0_3b_q, 2'd1};
  wire signed [8:0] left0_2b = {1'd0, four0_2b} - {2'd0, left0_2b_cat};
  wire [6:0] left0_2b_l1 = four0_2b[6:0] - left0_2b_cat;
  wire [8:0] four0_1b = {rest0_2b_q, ahead0_2b_q[3:2]};
  wire [7:0] left0_1b_cat = {root0_2b_q, 2'd1};
  wire signed [9:0] left0_1b = {1'd0, four0_1b} - {2'd0, left0_1b_cat};
  wire [7:0] left0_1b_l1 = four0_1b[7:0] - left0_1b_cat;
  wire signed [10:0] left0_0b = {1'd0, {rest0_1b_q, ahead0_1b_q}} - {2'd0, {root0_1b_q, 2'd1}};

  assign s_axis_tready = run;
  assign m_axis_tdata = root0_0b_q;
  assign m_axis_tvalid = valid_p8_q;
  assign m_axis_tlast = last_p8_q;

  // a register in each stage; all move together
  always @(posedge clk) begin
    if (run) begin
      rest0_7b_q <= ~left0_7b[2] ? left0_7b_l1 : four0_7b;
      ahead0_7b_q <= s_axis_tdata[13:0];
      root0_7b_q <= ~left0_7b[2];
      rest0_6b_q <= ~left0_6b[4] ? left0_6b_l1 : four0_6b[2:0];
      ahead0_6b_q <= ahead0_7b_q[11:0];
      root0_6b_q <= {root0_7b_q, ~left0_6b[4]};
      rest0_5b_q <= ~left0_5b[5] ? left0_5b_l1 : four0_5b[3:0];
      ahead0_5b_q <= ahead0_6b_q[9:0];
      root0_5b_q <= {root0_6b_q, ~left0_5b[5]};
      rest0_4b_q <= ~left0_4b[6] ? left0_4b_l1 : four0_4b[4:0];
      ahead0_4b_q <= ahead0_5b_q[7:0];
      root0_4b_q <= {root0_5b_q, ~left0_4b[6]};
      rest0_3b_q <= ~left0_3b[7] ? left0_3b_l1 : four0_3b[5:0];
      ahead0_3b_q <= ahead0_4b_q[5:0];
      root0_3b_q <= {root0_4b_q, ~left0_3b[7]};
      rest0_2b_q <= ~left0_2b[8] ? left0_2b_l1 : four0_2b[6:0];
      ahead0_2b_q <= ahead0_3b_q[3:0];
      root0_2b_q <= {root0_3b_q, ~left0_2b[8]};
      rest0_1b_q <= ~left0_1b[9] ? left0_1b_l1 : four0_1b[7:0];
      ahead0_1b_q <= ahead0_2b_q[1:0];
      root0_1b_q <= {root0_2b_q, ~left0_1b[9]};
      root0_0b_q <= {root0_1b_q, ~left0_0b[10]};
      last_p1_q <= s_axis_tlast;
      last_p2_q <= last_p1_q;
      last_p3_q <= last_p2_q;
      last_p4_q <= last_p3_q;
      last_p5_q <= last_p4_q;
      last_p6_q <= last_p5_q;
      last_p7_q <= last_p6_q;
      last_p8_q <= last_p7_q;
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
    end else if (run) begin
      valid_p1_q <= s_axis_tvalid;
      valid_p2_q <= valid_p1_q;
      valid_p3_q <= valid_p2_q;
      valid_p4_q <= valid_p3_q;
      valid_p5_q <= valid_p4_q;
      valid_p6_q <= valid_p5_q;
      valid_p7_q <= valid_p6_q;
      valid_p8_q <= valid_p7_q;
    end
  end

  wire unused_ok = &{1'b0, left0_0b[9:0], left0_1b[8:0], left0_2b[7:0], left0_3b[6:0], left0_4b[5:0],
      left0_5b[4:0], left0_6b[3:0], left0_7b[1:0]};

endmodule

`default_nettype wire
