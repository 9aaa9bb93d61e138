// nl_rotary_8x2_ha749b2_turns
// block  rom: 16 words of 32 bits, read latency 1
`default_nettype none

module nl_rotary_8x2_ha749b2_turns (
  input  wire clk,
  input  wire en_i,
  input  wire [3:0] addr_i,
  output wire [31:0] data_o
);

  reg [31:0] mem_q;

  always @(posedge clk) if (en_i) begin
    case (addr_i)
      4'd0: mem_q <= 32'h4000;
      4'd1: mem_q <= 32'h4000;
      4'd2: mem_q <= 32'h4000;
      4'd3: mem_q <= 32'h4000;
      4'd4: mem_q <= 32'h35db2294;
      4'd5: mem_q <= 32'h6643fae;
      4'd6: mem_q <= 32'ha43fff;
      4'd7: mem_q <= 32'h104000;
      4'd8: mem_q <= 32'h3a32e55e;
      4'd9: mem_q <= 32'hcb73eb9;
      4'd10: mem_q <= 32'h1483ffd;
      4'd11: mem_q <= 32'h214000;
      4'd12: mem_q <= 32'h908c0a4;
      4'd13: mem_q <= 32'h12ea3d24;
      4'd14: mem_q <= 32'h1eb3ff9;
      default: mem_q <= 32'h314000;
    endcase
  end

  assign data_o = mem_q;

endmodule

`default_nettype wire

// nl_rotary_8x2_ha749b2
// block     rotary: turns pairs of neighbours by angles of their row's place
// computes  y[2p], y[2p+1] = (x[2p] c - x[2p+1] s, x[2p] s + x[2p+1] c) / 2^fraction, c and s of row and pair
// config    defaults
// niello    0.1.0, config 665b9c61dca749b2
// in  s_axis: 2 x 8 bits signed a beat, with a last mark
// out m_axis: 2 x 8 bits signed a beat, with a last mark
`default_nettype none

module nl_rotary_8x2_ha749b2 (
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

  reg [3:0] beat_q;
  reg [31:0] turns_q;
  reg signed [7:0] x0_p1_q;
  reg signed [7:0] x0_p2_q;
  reg signed [7:0] x1_p1_q;
  reg signed [7:0] x1_p2_q;
  reg signed [23:0] straight0_q;
  reg signed [23:0] across0_q;
  reg signed [23:0] risen0_q;
  reg signed [23:0] kept0_q;
  reg signed [11:0] sum0_q;
  reg [7:0] y0_q;
  reg signed [11:0] sum1_q;
  reg [7:0] y1_q;
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
  wire [31:0] turns_d;

  wire run = ~valid_p5_q | m_axis_tready;

  // cosines and sines of a beat's pairs
  wire s_axis_fire = s_axis_tvalid & run;
  wire [3:0] beat_inc = beat_q + 4'd1;

  // a register in each stage; all move together
  wire [15:0] kept0_bits = turns_q[15:0];
  wire [15:0] risen0_bits = turns_q[31:16];
  wire signed [23:0] straight0_d = $signed({{16{x0_p2_q[7]}}, x0_p2_q}) * $signed({{8{kept0_bits[15]}},
      kept0_bits});
  wire signed [23:0] across0_d = $signed({{16{x1_p2_q[7]}}, x1_p2_q}) * $signed({{8{risen0_bits[15]}},
      risen0_bits});
  wire signed [24:0] sum0_sum_diff = {straight0_q[23], straight0_q} - {across0_q[23], across0_q};
  wire signed [23:0] risen0_d = $signed({{16{x0_p2_q[7]}}, x0_p2_q}) * $signed({{8{risen0_bits[15]}},
      risen0_bits});
  wire signed [23:0] kept0_d = $signed({{16{x1_p2_q[7]}}, x1_p2_q}) * $signed({{8{kept0_bits[15]}},
      kept0_bits});
  wire signed [24:0] sum1_sum_sum = {risen0_q[23], risen0_q} + {kept0_q[23], kept0_q};
  wire signed [25:0] sum0_sum = {sum0_sum_diff[24], sum0_sum_diff} + 26'h2000;
  wire fit0_most = ~sum0_q[11];
  wire [4:0] y0_bits = sum0_q[11:7];
  wire signed [25:0] sum1_sum = {sum1_sum_sum[24], sum1_sum_sum} + 26'h2000;
  wire fit1_most = ~sum1_q[11];
  wire [4:0] y1_bits = sum1_q[11:7];
  assign m_axis_tdata = {y1_q, y0_q};

  // cosines and sines of a beat's pairs
  nl_rotary_8x2_ha749b2_turns u_turns (
    .clk(clk),
    .en_i(run),
    .addr_i(beat_q),
    .data_o(turns_d)
  );

  assign s_axis_tready = run;
  assign m_axis_tvalid = valid_p5_q;
  assign m_axis_tlast = last_p5_q;

  // cosines and sines of a beat's pairs
  always @(posedge clk) begin
    if (rst) begin
      beat_q <= 4'd0;
    end else if (s_axis_fire) begin
      beat_q <= beat_inc;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      turns_q <= turns_d;
    end
  end

  // a register in each stage; all move together
  always @(posedge clk) begin
    if (run) begin
      x0_p1_q <= s_axis_tdata[7:0];
      x0_p2_q <= x0_p1_q;
      x1_p1_q <= s_axis_tdata[15:8];
      x1_p2_q <= x1_p1_q;
      straight0_q <= straight0_d;
      across0_q <= across0_d;
      risen0_q <= risen0_d;
      kept0_q <= kept0_d;
      sum0_q <= sum0_sum[25:14];
      y0_q <= ((|y0_bits) & ~(&y0_bits)) ? {sum0_q[11], {fit0_most, fit0_most, fit0_most, fit0_most, fit0_most,
      fit0_most, fit0_most}} : sum0_q[7:0];
      sum1_q <= sum1_sum[25:14];
      y1_q <= ((|y1_bits) & ~(&y1_bits)) ? {sum1_q[11], {fit1_most, fit1_most, fit1_most, fit1_most, fit1_most,
      fit1_most, fit1_most}} : sum1_q[7:0];
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

  wire unused_ok = &{1'b0, sum1_sum[13:0], sum0_sum[13:0]};

endmodule

`default_nettype wire
