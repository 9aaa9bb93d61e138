// nl_threshold_a12_u2_c4x1_hfa7e10_lane0_level1
// block  rom: 2 words of 8 bits, read latency 1
`default_nettype none

module nl_threshold_a12_u2_c4x1_hfa7e10_lane0_level1 (
  input  wire clk,
  input  wire en_i,
  input  wire addr_i,
  output wire [7:0] data_o
);

  reg [7:0] mem_q;

  always @(posedge clk) if (en_i) begin
    case (addr_i)
      1'd0: mem_q <= 8'd156;
      default: mem_q <= 8'd100;
    endcase
  end

  assign data_o = mem_q;

endmodule

`default_nettype wire

// nl_threshold_a12_u2_c4x1_hfa7e10
// block     threshold: turns accumulators into codes by counting the thresholds that they reach
// computes  y = lowest + #{k : acc >= t[set][k]}
// config    defaults
// niello    0.1.0, config 6f711c3100fa7e10
// search    2 comparisons a lane, 16 bits of memory
// last      passed on; channels are counted, a frame has as many elements
// in  s_axis: 1 x 12 bits signed a beat, with a last mark
// out m_axis: 1 x 2 bits unsigned a beat, with a last mark
`default_nettype none

module nl_threshold_a12_u2_c4x1_hfa7e10 (
  input  wire clk,
  input  wire rst,
  input  wire [11:0] s_axis_tdata,
  input  wire s_axis_tvalid,
  input  wire s_axis_tlast,
  output wire s_axis_tready,
  output wire [1:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg valid_p0_q;
  reg valid_p1_q;
  reg valid_p2_q;
  reg last_p1_q;
  reg last_p2_q;
  reg last_p3_q;
  reg signed [11:0] acc0_p0_q;
  reg signed [11:0] acc0_p1_q;
  reg count0_p1_q;
  reg [1:0] code0_q;
  wire [7:0] lane0_level1_data_o;

  // the pipeline moves as one, unless a beat waits at its end
  wire run = ~valid_p2_q | m_axis_tready;

  // accumulators, and the set of each
  nl_threshold_a12_u2_c4x1_hfa7e10_lane0_level1 u_lane0_level1 (
    .clk(clk),
    .en_i(run & valid_p0_q),
    .addr_i(acc0_p0_q >= 12'sd0),
    .data_o(lane0_level1_data_o)
  );

  assign s_axis_tready = run;
  assign m_axis_tdata = code0_q;
  assign m_axis_tvalid = valid_p2_q;
  assign m_axis_tlast = last_p3_q;

  // the pipeline moves as one, unless a beat waits at its end
  always @(posedge clk) begin
    if (rst) begin
      valid_p0_q <= 1'd0;
      valid_p1_q <= 1'd0;
      valid_p2_q <= 1'd0;
    end else if (run) begin
      valid_p0_q <= s_axis_tvalid;
      valid_p1_q <= valid_p0_q;
      valid_p2_q <= valid_p1_q;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      last_p1_q <= s_axis_tlast;
      last_p2_q <= last_p1_q;
      last_p3_q <= last_p2_q;
    end
  end

  // accumulators, and the set of each
  always @(posedge clk) begin
    if (run) begin
      acc0_p0_q <= s_axis_tdata;
      acc0_p1_q <= acc0_p0_q;
      count0_p1_q <= acc0_p0_q >= 12'sd0;
      code0_q <= {count0_p1_q, (acc0_p1_q >= $signed({{4{lane0_level1_data_o[7]}}, lane0_level1_data_o}))};
    end
  end

endmodule

`default_nettype wire
