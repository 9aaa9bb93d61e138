// nl_skid_buffer_u1x8
// block     skid_buffer: registers a stream in both directions
// computes  y[i] = x[i]
// config    defaults
// niello    0.1.0, config 23ac709b0e54685f
// in  s_axis: 1 x 8 bits unsigned a beat, with a last mark
// out m_axis: 1 x 8 bits unsigned a beat, with a last mark
`default_nettype none

module nl_skid_buffer_u1x8 (
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

  reg out_valid_q;
  reg skid_valid_q;
  reg [8:0] skid_q;
  reg [8:0] out_q;

  // output register; the skid place is used only while the output is blocked
  wire [8:0] skid_d = {s_axis_tlast, s_axis_tdata};
  wire out_valid_en = m_axis_tready | ~out_valid_q;
  assign s_axis_tready = ~skid_valid_q;
  assign m_axis_tdata = out_q[7:0];
  assign m_axis_tlast = out_q[8];

  assign m_axis_tvalid = out_valid_q;

  // output register; the skid place is used only while the output is blocked
  always @(posedge clk) begin
    if (rst) begin
      out_valid_q <= 1'd0;
    end else if (out_valid_en) begin
      out_valid_q <= s_axis_tvalid | skid_valid_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      skid_valid_q <= 1'd0;
    end else begin
      skid_valid_q <= ~out_valid_en & (s_axis_tvalid | skid_valid_q);
    end
  end

  always @(posedge clk) begin
    if (~skid_valid_q) begin
      skid_q <= skid_d;
    end
  end

  always @(posedge clk) begin
    if (out_valid_en) begin
      out_q <= skid_valid_q ? skid_q : skid_d;
    end
  end

endmodule

`default_nettype wire
