// nl_requant_a20_s8_c8x1_h78953f
// block     requant: turns accumulators into small codes, as a framework rounds
// computes  y = clamp(scale(acc) + zero_point + offset, min, max)
// config    channels=8 lanes=1 acc_bits=20 acc_min=-524288 acc_max=524287 out_bits=8 out_signed=true scales=float32-half-even:0.00024414063 zero_point=0 offsets= min=-128 max=127 digit=0
// niello    0.1.0, config 0e1a916ba778953f
// rounding  float32-half-even
// form      abs(acc) * m / 2^12 to nearest, ties within half a float32 ulp to even, m of 1 bits
// products  at once, by multipliers
// last      passed on; channels are counted, a frame has as many elements
// in  s_axis: 1 x 20 bits signed a beat, with a last mark
// out m_axis: 1 x 8 bits signed a beat, with a last mark
`default_nettype none

module nl_requant_a20_s8_c8x1_h78953f (
  input  wire clk,
  input  wire rst,
  input  wire [19:0] s_axis_tdata,
  input  wire s_axis_tvalid,
  input  wire s_axis_tlast,
  output wire s_axis_tready,
  output wire [7:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg valid_p0_q;
  reg valid_p1_q;
  reg valid_p2_q;
  reg valid_p3_q;
  reg last_p0_q;
  reg last_p1_q;
  reg last_p2_q;
  reg last_p3_q;
  reg [19:0] acc0_q;
  reg negative0_q;
  reg [20:0] product0_q;
  reg [10:0] rounded0_q;
  reg [7:0] code0_q;

  // the pipeline moves as one, unless a beat waits at its end
  wire run = ~valid_p3_q | m_axis_tready;

  // product, rounding and clamp, a register after each
  wire [19:0] product0_diff = 20'h0 - acc0_q;
  wire [20:0] product0_d = {1'd0, acc0_q[19] ? product0_diff : acc0_q} * 21'h1;
  wire [8:0] quotient0 = product0_q[20:12];
  wire [11:0] bits = product0_q[11:0];
  wire [12:0] distance0_diff = {1'd0, bits} - 13'd2048;
  wire [12:0] distance0_diff_l1 = 13'd0 - distance0_diff;
  wire [12:0] distance0 = distance0_diff[12] ? distance0_diff_l1 : distance0_diff;
  wire [9:0] rounded0_ext_sum = {1'd0, quotient0} + {9'd0, (distance0 == 13'd0) ? quotient0[0] :
      (bits > 12'd2048)};
  wire [10:0] rounded0_ext = {1'd0, rounded0_ext_sum};
  wire [10:0] rounded0_diff = 11'd0 - rounded0_ext;

  assign s_axis_tready = run;
  assign m_axis_tdata = code0_q;
  assign m_axis_tvalid = valid_p3_q;
  assign m_axis_tlast = last_p3_q;

  always @(posedge clk) begin
    if (rst) begin
      valid_p0_q <= 1'd0;
      valid_p1_q <= 1'd0;
      valid_p2_q <= 1'd0;
      valid_p3_q <= 1'd0;
    end else if (run) begin
      valid_p0_q <= s_axis_tvalid;
      valid_p1_q <= valid_p0_q;
      valid_p2_q <= valid_p1_q;
      valid_p3_q <= valid_p2_q;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      last_p0_q <= s_axis_tlast;
      last_p1_q <= last_p0_q;
      last_p2_q <= last_p1_q;
      last_p3_q <= last_p2_q;
    end
  end

  // operands: accumulators, and their channels' constants
  always @(posedge clk) begin
    if (run) begin
      acc0_q <= s_axis_tdata;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      negative0_q <= acc0_q[19];
      product0_q <= product0_d;
      rounded0_q <= negative0_q ? rounded0_diff : rounded0_ext;
      code0_q <= ($signed(rounded0_q) < -11'sd128) ? 8'd128 : (($signed(rounded0_q) > 11'sd127) ? 8'd127 :
      rounded0_q[7:0]);
    end
  end

endmodule

`default_nettype wire
