// nl_pool_max_4x4_l2_s8_channels
// block     pool: maximum or sum of each channel over a patch or an image
// computes  y[c] = max or start + sum over t of x[c][t]
// config    defaults
// niello    0.1.0, config f55674bfb27910fa
// result    8 bits, -128..=127
// last      ignored at the input: a frame ends by count
// in  s_axis: 2 x 8 bits signed a beat, last is ignored: frames end by count
// out m_axis: 2 x 8 bits signed a beat, with a last mark
`default_nettype none

module nl_pool_max_4x4_l2_s8_channels (
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

  reg [1:0] tap_q;
  reg group_q;
  reg [7:0] value0_q;
  reg [7:0] value1_q;
  reg done_q;
  reg end_q;

  // everything moves as one, unless results wait at the end
  wire run = ~done_q | m_axis_tready;
  wire step = s_axis_tvalid & run;
  wire tap_last = tap_q == 2'd3;
  wire [1:0] tap_inc = tap_q + 2'd1;
  wire group_last = group_q == 1'd1;
  wire group_inc = group_q + 1'd1;

  // a register a lane
  wire [7:0] s_axis_lane0 = s_axis_tdata[7:0];
  wire [7:0] s_axis_lane1 = s_axis_tdata[15:8];
  assign m_axis_tdata = {value1_q, value0_q};

  assign s_axis_tready = run;
  assign m_axis_tvalid = done_q;
  assign m_axis_tlast = end_q;

  // everything moves as one, unless results wait at the end
  always @(posedge clk) begin
    if (rst) begin
      tap_q <= 2'd0;
    end else if (step) begin
      tap_q <= tap_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      group_q <= 1'd0;
    end else if (step & tap_last) begin
      group_q <= group_inc;
    end
  end

  // a register a lane
  always @(posedge clk) begin
    if (step) begin
      value0_q <= ~(|tap_q) ? s_axis_lane0 : (($signed(value0_q) < $signed(s_axis_lane0)) ? s_axis_lane0 :
      value0_q);
      value1_q <= ~(|tap_q) ? s_axis_lane1 : (($signed(value1_q) < $signed(s_axis_lane1)) ? s_axis_lane1 :
      value1_q);
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      done_q <= 1'd0;
    end else if (run) begin
      done_q <= step & tap_last;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      end_q <= tap_last & group_last;
    end
  end

  wire unused_ok = &{1'b0, s_axis_tlast};

endmodule

`default_nettype wire
