// nl_threshold_sparsifier_1x64x1_he08638
// block     threshold_sparsifier: makes elements zero that are not above their channel's threshold
// computes  y[k] = x[k] - zero where |x[k] - zero| > threshold[k], else 0; rest[k] = x[k] - zero - y[k]
// config    defaults
// niello    0.1.0, config 378f846c15e08638
// in  s_axis: 1 x 8 bits signed a beat, with a last mark
// out m_axis: 1 x 8 bits signed a beat, with a last mark
`default_nettype none

module nl_threshold_sparsifier_1x64x1_he08638 (
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

  reg kept_valid_q;
  reg valid_p1_q;
  reg valid_p2_q;
  reg valid_p3_q;
  reg valid_p4_q;
  reg last_p1_q;
  reg last_p2_q;
  reg last_p3_q;
  reg last_p4_q;
  reg last_p5_q;
  reg [7:0] x0_q;
  reg signed [7:0] way0_q;
  reg [7:0] magnitude0_q;
  reg above0_q;
  reg [7:0] way_then0_p1_q;
  reg [7:0] way_then0_p2_q;
  reg [7:0] kept0_q;

  // all stages move together, where what leaves has a place
  wire run = ~kept_valid_q | m_axis_tready;

  // an element's way from zero, against its threshold
  wire signed [7:0] negated = 8'd0 - way0_q;

  assign s_axis_tready = run;
  assign m_axis_tdata = kept0_q;
  assign m_axis_tvalid = kept_valid_q;
  assign m_axis_tlast = last_p5_q;

  // all stages move together, where what leaves has a place
  always @(posedge clk) begin
    if (rst) begin
      kept_valid_q <= 1'd0;
      valid_p1_q <= 1'd0;
      valid_p2_q <= 1'd0;
      valid_p3_q <= 1'd0;
      valid_p4_q <= 1'd0;
    end else if (run) begin
      kept_valid_q <= run & valid_p4_q;
      valid_p1_q <= s_axis_tvalid;
      valid_p2_q <= valid_p1_q;
      valid_p3_q <= valid_p2_q;
      valid_p4_q <= valid_p3_q;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      last_p1_q <= s_axis_tlast;
      last_p2_q <= last_p1_q;
      last_p3_q <= last_p2_q;
      last_p4_q <= last_p3_q;
      last_p5_q <= last_p4_q;
    end
  end

  // an element's way from zero, against its threshold
  always @(posedge clk) begin
    if (run) begin
      x0_q <= s_axis_tdata;
      way0_q <= x0_q;
      magnitude0_q <= way0_q[7] ? negated : way0_q;
      above0_q <= magnitude0_q > 8'd16;
      way_then0_p1_q <= way0_q;
      way_then0_p2_q <= way_then0_p1_q;
      kept0_q <= above0_q ? way_then0_p2_q : 8'd0;
    end
  end

endmodule

`default_nettype wire
