// nl_lut_s8_s8x1_hdedd39_lane0
// block  rom: 256 words of 8 bits, read latency 1
`default_nettype none

`ifndef NL_MEM_DIR
`define NL_MEM_DIR "./"
`endif

module nl_lut_s8_s8x1_hdedd39_lane0 (
  input  wire clk,
  input  wire en_i,
  input  wire [7:0] addr_i,
  output wire [7:0] data_o
);

  reg [7:0] mem_q;
  reg [7:0] mem [0:255];
  initial $readmemh({`NL_MEM_DIR, "nl_lut_s8_s8x1_hdedd39_lane0.mem"}, mem);

  always @(posedge clk) if (en_i) begin
    mem_q <= mem[addr_i];
  end

  assign data_o = mem_q;

endmodule

`default_nettype wire

// nl_lut_s8_s8x1_hdedd39
// block     lut: looks every element up in a table
// computes  y = table[x - lowest]
// config    defaults
// niello    0.1.0, config 2f26bf0833dedd39
// in  s_axis: 1 x 8 bits signed a beat, with a last mark
// out m_axis: 1 x 8 bits signed a beat, with a last mark
`default_nettype none

module nl_lut_s8_s8x1_hdedd39 (
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
  reg out_last_q;
  wire [7:0] lane0_data_o;

  // one beat at the output; the tables' read registers hold it
  wire out_free = ~out_valid_q | m_axis_tready;
  wire s_axis_fire = s_axis_tvalid & out_free;

  // one beat at the output; the tables' read registers hold it
  nl_lut_s8_s8x1_hdedd39_lane0 u_lane0 (
    .clk(clk),
    .en_i(s_axis_fire),
    .addr_i(s_axis_tdata),
    .data_o(lane0_data_o)
  );

  assign s_axis_tready = out_free;
  assign m_axis_tdata = lane0_data_o;
  assign m_axis_tvalid = out_valid_q;
  assign m_axis_tlast = out_last_q;

  // one beat at the output; the tables' read registers hold it
  always @(posedge clk) begin
    if (rst) begin
      out_valid_q <= 1'd0;
    end else if (out_free) begin
      out_valid_q <= s_axis_tvalid;
    end
  end

  always @(posedge clk) begin
    if (s_axis_fire) begin
      out_last_q <= s_axis_tlast;
    end
  end

endmodule

`default_nettype wire
