// nl_lif_16x1_leaky_h663e64
// block     lif: leaky integrate-and-fire neurons: adds up what comes in, leaks, and fires above a threshold
// computes  U[i] = beta U'[i] + I[i] - (U'[i] > threshold) threshold; y[i] = U[i] > threshold,
//     U' of the frame before
// config    defaults
// niello    0.1.0, config 1f6f0dad62663e64
// state     potential of 16 bits, zero after reset; both ends saturate
// in  s_axis: 1 x 8 bits signed a beat, with a last mark
// out m_axis: 1 x 1 bits unsigned a beat, with a last mark
`default_nettype none

module nl_lif_16x1_leaky_h663e64 (
  input  wire clk,
  input  wire rst,
  input  wire [7:0] s_axis_tdata,
  input  wire s_axis_tvalid,
  input  wire s_axis_tlast,
  output wire s_axis_tready,
  output wire m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg valid_p0_q;
  reg valid_p1_q;
  reg valid_p2_q;
  reg valid_p3_q;
  reg valid_p4_q;
  reg valid_p5_q;
  reg last_p1_q;
  reg last_p2_q;
  reg last_p3_q;
  reg last_p4_q;
  reg last_p5_q;
  reg last_p6_q;
  reg [3:0] beat_q;
  reg old_q;
  reg here_q;
  reg [15:0] kept0_q;
  reg fired0_q;
  reg signed [25:0] u_product0_q;
  reg signed [7:0] in0_p1_q;
  reg signed [7:0] in0_p2_q;
  reg signed [7:0] in0_p3_q;
  reg signed [18:0] less0_q;
  reg signed [7:0] drive0_q;
  reg signed [15:0] potential0_q;
  reg event0_q;
  reg signed [15:0] u_new0_q;
  reg [3:0] at_p1_q;
  reg [3:0] at_p2_q;
  reg [3:0] at_p3_q;
  reg [3:0] at_p4_q;
  reg [3:0] at_p5_q;
  reg [3:0] at_p6_q;
  reg [15:0] state_q;
  reg [15:0] state [0:15];

  // registers in line, all of which move together
  wire run = ~valid_p5_q | m_axis_tready;
  wire take = s_axis_tvalid & run;

  // the state, zero in the first frame after reset
  wire beat_last = beat_q == 4'd15;
  wire [3:0] beat_inc = beat_q + 4'd1;
  wire [15:0] kept = state_q;
  wire signed [25:0] u_product0_d = $signed({{10{kept0_q[15]}}, kept0_q}) * $signed(26'he6);
  wire [17:0] u_leaked0 = u_product0_q[25:8];
  wire signed [15:0] less0_sel = fired0_q ? 16'd256 : 16'd0;
  wire signed [18:0] less0_d = {u_leaked0[17], u_leaked0} - {{3{less0_sel[15]}}, less0_sel};
  wire signed [19:0] potential0_sum = {less0_q[18], less0_q} + {{12{drive0_q[7]}}, drive0_q};
  wire signed [15:0] potential0_sum_l1 = less0_q[15:0] + {{8{drive0_q[7]}}, drive0_q};

  // the state, zero in the first frame after reset
  always @(posedge clk) if (run & valid_p5_q) begin
    state[at_p6_q] <= u_new0_q;
  end
  always @(posedge clk) if (take) begin
    state_q <= state[beat_q];
  end

  assign s_axis_tready = run;
  assign m_axis_tdata = event0_q;
  assign m_axis_tvalid = valid_p5_q;
  assign m_axis_tlast = last_p6_q;

  // registers in line, all of which move together
  always @(posedge clk) begin
    if (rst) begin
      valid_p0_q <= 1'd0;
      valid_p1_q <= 1'd0;
      valid_p2_q <= 1'd0;
      valid_p3_q <= 1'd0;
      valid_p4_q <= 1'd0;
      valid_p5_q <= 1'd0;
    end else if (run) begin
      valid_p0_q <= take;
      valid_p1_q <= valid_p0_q;
      valid_p2_q <= valid_p1_q;
      valid_p3_q <= valid_p2_q;
      valid_p4_q <= valid_p3_q;
      valid_p5_q <= valid_p4_q;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      last_p1_q <= s_axis_tlast;
      last_p2_q <= last_p1_q;
      last_p3_q <= last_p2_q;
      last_p4_q <= last_p3_q;
      last_p5_q <= last_p4_q;
      last_p6_q <= last_p5_q;
    end
  end

  // the state, zero in the first frame after reset
  always @(posedge clk) begin
    if (rst) begin
      beat_q <= 4'd0;
    end else if (take) begin
      beat_q <= beat_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      old_q <= 1'd0;
    end else if (take & beat_last) begin
      old_q <= 1'd1;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      here_q <= 1'd0;
    end else if (run) begin
      here_q <= old_q;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      kept0_q <= here_q ? kept : 16'd0;
      fired0_q <= $signed(kept0_q) > 16'sd256;
      u_product0_q <= u_product0_d;
      in0_p1_q <= s_axis_tdata;
      in0_p2_q <= in0_p1_q;
      in0_p3_q <= in0_p2_q;
      less0_q <= less0_d;
      drive0_q <= in0_p3_q;
      potential0_q <= (potential0_sum < -20'sd32768) ? 16'd32768 : ((potential0_sum > 20'sd32767) ? 16'd32767 :
      potential0_sum_l1);
      event0_q <= potential0_q > 16'sd256;
      u_new0_q <= potential0_q;
    end
  end

  // events leave, and what is kept is written back
  always @(posedge clk) begin
    if (run) begin
      at_p1_q <= beat_q;
      at_p2_q <= at_p1_q;
      at_p3_q <= at_p2_q;
      at_p4_q <= at_p3_q;
      at_p5_q <= at_p4_q;
      at_p6_q <= at_p5_q;
    end
  end

  wire unused_ok = &{1'b0, u_product0_q[7:0]};

endmodule

`default_nettype wire
