// nl_pwl_sigmoid_1xs12_8_h00cbe4_line0
// block  rom: 32 words of 28 bits, read latency 1
`default_nettype none

module nl_pwl_sigmoid_1xs12_8_h00cbe4_line0 (
  input  wire clk,
  input  wire en_i,
  input  wire [4:0] addr_i,
  output wire [27:0] data_o
);

  reg [27:0] mem_q;

  always @(posedge clk) if (en_i) begin
    case (addr_i)
      5'd0: mem_q <= 28'h404defb;
      5'd1: mem_q <= 28'h500eadf;
      5'd2: mem_q <= 28'h5e04eb1;
      5'd3: mem_q <= 28'h690ec82;
      5'd4: mem_q <= 28'h7120059;
      5'd5: mem_q <= 28'h76a4a3a;
      5'd6: mem_q <= 28'h7a3f625;
      5'd7: mem_q <= 28'h7c8b417;
      5'd8: mem_q <= 28'h7dfae0e;
      5'd9: mem_q <= 28'h7eda009;
      5'd10: mem_q <= 28'h7f68e05;
      5'd11: mem_q <= 28'h7fbd400;
      5'd12: mem_q <= 28'h7fc0000;
      5'd13: mem_q <= 28'h7fc0000;
      5'd14: mem_q <= 28'h7fc0000;
      5'd15: mem_q <= 28'h7fc0000;
      5'd16: mem_q <= 28'h4e800;
      5'd17: mem_q <= 28'h4fe01;
      5'd18: mem_q <= 28'h5f601;
      5'd19: mem_q <= 28'h70202;
      5'd20: mem_q <= 28'h92603;
      5'd21: mem_q <= 28'hc6e05;
      5'd22: mem_q <= 28'h116009;
      5'd23: mem_q <= 28'h1a4c0e;
      5'd24: mem_q <= 28'h284417;
      5'd25: mem_q <= 28'h3f0025;
      5'd26: mem_q <= 28'h63a63a;
      5'd27: mem_q <= 28'h9d1059;
      5'd28: mem_q <= 28'hf58e81;
      5'd29: mem_q <= 28'h17698b1;
      5'd30: mem_q <= 28'h2288ade;
      default: mem_q <= 28'h3082afb;
    endcase
  end

  assign data_o = mem_q;

endmodule

`default_nettype wire

// nl_pwl_sigmoid_1xs12_8_h00cbe4
// block     pwl: gives a function of wide numbers by lines, with the error that they have
// computes  y = clamp(floor((base[s] + slope[s] d) / 2^fraction)), s and d upper and lower bits of x
// config    defaults
// niello    0.1.0, config a2c03836d000cbe4
// segments  32 of 128 codes
// error     at most 0.850 codes of a result, over all codes
// in  s_axis: 1 x 12 bits signed a beat, with a last mark
// out m_axis: 1 x 8 bits unsigned a beat, with a last mark
`default_nettype none

module nl_pwl_sigmoid_1xs12_8_h00cbe4 (
  input  wire clk,
  input  wire rst,
  input  wire [11:0] s_axis_tdata,
  input  wire s_axis_tvalid,
  input  wire s_axis_tlast,
  output wire s_axis_tready,
  output wire [7:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg [27:0] line0_q;
  reg [6:0] d0_p1_q;
  reg [6:0] d0_p2_q;
  reg signed [16:0] product0_q;
  reg signed [18:0] base0_q;
  reg signed [8:0] sum0_q;
  reg [7:0] y0_q;
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
  wire [27:0] line0_d;

  wire run = ~valid_p5_q | m_axis_tready;

  // a register in each stage; all move together
  wire [8:0] product0_bits = line0_q[8:0];
  wire [7:0] product0_ext = {1'd0, d0_p2_q};
  wire signed [16:0] product0_d = $signed({{8{product0_bits[8]}},
      product0_bits}) * $signed({{9{product0_ext[7]}}, product0_ext});
  wire signed [19:0] sum0_sum = {{3{product0_q[16]}}, product0_q} + {base0_q[18], base0_q};

  // a register in each stage; all move together
  nl_pwl_sigmoid_1xs12_8_h00cbe4_line0 u_line0 (
    .clk(clk),
    .en_i(run),
    .addr_i(s_axis_tdata[11:7]),
    .data_o(line0_d)
  );

  assign s_axis_tready = run;
  assign m_axis_tdata = y0_q;
  assign m_axis_tvalid = valid_p5_q;
  assign m_axis_tlast = last_p5_q;

  // a register in each stage; all move together
  always @(posedge clk) begin
    if (run) begin
      line0_q <= line0_d;
      d0_p1_q <= s_axis_tdata[6:0];
      d0_p2_q <= d0_p1_q;
      product0_q <= product0_d;
      base0_q <= line0_q[27:9];
      sum0_q <= sum0_sum[18:10];
      y0_q <= sum0_q[7:0];
      last_p1_q <= s_axis_tlast;
      last_p2_q <= last_p1_q;
      last_p3_q <= last_p2_q;
      last_p4_q <= last_p3_q;
      last_p5_q <= last_p4_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      valid_p1_q <= 1'd0;
      valid_p2_q <= 1'd0;
      valid_p3_q <= 1'd0;
      valid_p4_q <= 1'd0;
      valid_p5_q <= 1'd0;
    end else if (run) begin
      valid_p1_q <= s_axis_tvalid;
      valid_p2_q <= valid_p1_q;
      valid_p3_q <= valid_p2_q;
      valid_p4_q <= valid_p3_q;
      valid_p5_q <= valid_p4_q;
    end
  end

  wire unused_ok = &{1'b0, sum0_q[8], sum0_sum[19], sum0_sum[9:0]};

endmodule

`default_nettype wire
