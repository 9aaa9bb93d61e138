// nl_gated_recurrence_16x1_g8s8u8
// block     gated_recurrence: keeps a state that moves to what comes in as far as a gate lets it
// computes  h[i] = f[i] h'[i] + (1 - f[i]) v[i], h' of the frame before
// config    defaults
// niello    0.1.0, config 38fa5df72cca0c44
// state     16 elements of 16 bits, zero after reset
// gate      in units of 2^-8
// in  a_axis: 1 x 8 bits unsigned a beat, with a last mark
// in  b_axis: 1 x 8 bits signed a beat, last is ignored: frames end by count
// out m_axis: 1 x 16 bits signed a beat, with a last mark
`default_nettype none

module nl_gated_recurrence_16x1_g8s8u8 (
  input  wire clk,
  input  wire rst,
  input  wire [7:0] a_axis_tdata,
  input  wire a_axis_tvalid,
  input  wire a_axis_tlast,
  output wire a_axis_tready,
  input  wire [7:0] b_axis_tdata,
  input  wire b_axis_tvalid,
  input  wire b_axis_tlast,
  output wire b_axis_tready,
  output wire [15:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg valid_p0_q;
  reg valid_p1_q;
  reg valid_p2_q;
  reg valid_p3_q;
  reg valid_p4_q;
  reg last_p1_q;
  reg last_p2_q;
  reg last_p3_q;
  reg last_p4_q;
  reg last_p5_q;
  reg [3:0] beat_q;
  reg old_q;
  reg here_p1_q;
  reg signed [7:0] candidate0_p1_q;
  reg signed [7:0] candidate0_p2_q;
  reg signed [15:0] h0_q;
  reg signed [16:0] apart0_q;
  reg [7:0] gate0_p1_q;
  reg [7:0] gate0_p2_q;
  reg [7:0] gate0_p3_q;
  reg signed [25:0] product0_q;
  reg signed [7:0] candidate_late0_p1_q;
  reg signed [7:0] candidate_late0_p2_q;
  reg [15:0] y0_q;
  reg [3:0] at_p1_q;
  reg [3:0] at_p2_q;
  reg [3:0] at_p3_q;
  reg [3:0] at_p4_q;
  reg [3:0] at_p5_q;
  reg [15:0] state_q;
  reg [15:0] state [0:15];

  // registers in line, all of which move together; a beat of both operands at once
  wire run = ~valid_p4_q | m_axis_tready;
  wire take = (a_axis_tvalid & b_axis_tvalid) & run;
  assign a_axis_tready = run & b_axis_tvalid;
  assign b_axis_tready = run & a_axis_tvalid;

  // the state, zero in the first frame after reset
  wire [3:0] beat_inc = beat_q + 4'd1;
  wire ends = beat_q == 4'd15;
  wire [15:0] kept = state_q;
  wire signed [15:0] v = {candidate0_p2_q, 8'd0};
  wire signed [16:0] apart0_d = {h0_q[15], h0_q} - {v[15], v};
  wire [8:0] product0_ext = {1'd0, gate0_p3_q};
  wire signed [25:0] product0_d = $signed({{9{apart0_q[16]}}, apart0_q}) * $signed({{17{product0_ext[8]}},
      product0_ext});
  wire signed [26:0] new_bits_sum = {product0_q[25], product0_q} + 27'h80;
  wire signed [16:0] new_bits = new_bits_sum[24:8];
  wire signed [15:0] new_l1 = {candidate_late0_p2_q, 8'd0} + new_bits[15:0];

  // the state, zero in the first frame after reset
  always @(posedge clk) if (run & valid_p4_q) begin
    state[at_p5_q] <= y0_q;
  end
  always @(posedge clk) if (take) begin
    state_q <= state[beat_q];
  end

  assign m_axis_tdata = y0_q;
  assign m_axis_tvalid = valid_p4_q;
  assign m_axis_tlast = last_p5_q;

  // registers in line, all of which move together; a beat of both operands at once
  always @(posedge clk) begin
    if (rst) begin
      valid_p0_q <= 1'd0;
      valid_p1_q <= 1'd0;
      valid_p2_q <= 1'd0;
      valid_p3_q <= 1'd0;
      valid_p4_q <= 1'd0;
    end else if (run) begin
      valid_p0_q <= take;
      valid_p1_q <= valid_p0_q;
      valid_p2_q <= valid_p1_q;
      valid_p3_q <= valid_p2_q;
      valid_p4_q <= valid_p3_q;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      last_p1_q <= a_axis_tlast;
      last_p2_q <= last_p1_q;
      last_p3_q <= last_p2_q;
      last_p4_q <= last_p3_q;
      last_p5_q <= last_p4_q;
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
    end else if (take & ends) begin
      old_q <= 1'd1;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      here_p1_q <= 1'd0;
    end else if (run) begin
      here_p1_q <= old_q;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      candidate0_p1_q <= b_axis_tdata;
      candidate0_p2_q <= candidate0_p1_q;
      h0_q <= here_p1_q ? kept : 16'd0;
      apart0_q <= apart0_d;
      gate0_p1_q <= a_axis_tdata;
      gate0_p2_q <= gate0_p1_q;
      gate0_p3_q <= gate0_p2_q;
      product0_q <= product0_d;
      candidate_late0_p1_q <= candidate0_p2_q;
      candidate_late0_p2_q <= candidate_late0_p1_q;
      y0_q <= new_l1;
      at_p1_q <= beat_q;
      at_p2_q <= at_p1_q;
      at_p3_q <= at_p2_q;
      at_p4_q <= at_p3_q;
      at_p5_q <= at_p4_q;
    end
  end

  wire unused_ok = &{1'b0, new_bits[16], new_bits_sum[26:25], new_bits_sum[7:0], b_axis_tlast};

endmodule

`default_nettype wire
