// nl_fork_u1x8_to2
// block     fork: sends a stream to several receivers
// computes  y_k[i] = x[i]
// config    defaults
// niello    0.1.0, config 334b238ecf0e6930
// in  s_axis: 1 x 8 bits unsigned a beat, with a last mark
// out m0_axis: 1 x 8 bits unsigned a beat, with a last mark
// out m1_axis: 1 x 8 bits unsigned a beat, with a last mark
`default_nettype none

module nl_fork_u1x8_to2 (
  input  wire clk,
  input  wire rst,
  input  wire [7:0] s_axis_tdata,
  input  wire s_axis_tvalid,
  input  wire s_axis_tlast,
  output wire s_axis_tready,
  output wire [7:0] m0_axis_tdata,
  output wire m0_axis_tvalid,
  output wire m0_axis_tlast,
  input  wire m0_axis_tready,
  output wire [7:0] m1_axis_tdata,
  output wire m1_axis_tvalid,
  output wire m1_axis_tlast,
  input  wire m1_axis_tready
);

  reg has0_q;
  reg has1_q;

  // who has the beat at the input already
  assign m0_axis_tvalid = s_axis_tvalid & ~has0_q;
  wire all_have = (has0_q | m0_axis_tready) & (has1_q | m1_axis_tready);
  assign m1_axis_tvalid = s_axis_tvalid & ~has1_q;

  assign s_axis_tready = all_have;
  assign m0_axis_tdata = s_axis_tdata;
  assign m0_axis_tlast = s_axis_tlast;
  assign m1_axis_tdata = s_axis_tdata;
  assign m1_axis_tlast = s_axis_tlast;

  // who has the beat at the input already
  always @(posedge clk) begin
    if (rst) begin
      has0_q <= 1'd0;
      has1_q <= 1'd0;
    end else begin
      has0_q <= (s_axis_tvalid & ~all_have) & (has0_q | m0_axis_tready);
      has1_q <= (s_axis_tvalid & ~all_have) & (has1_q | m1_axis_tready);
    end
  end

endmodule

`default_nettype wire
