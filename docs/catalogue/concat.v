// nl_concat_s2x8_2to1_hfca346
// block     concat: joins the channels of several streams, pixel by pixel
// computes  y[p] = (x_0[p][..], x_1[p][..], ...)
// config    defaults
// niello    0.1.0, config fac276d41ffca346
// in  s0_axis: 2 x 8 bits signed a beat, last is ignored: frames end by count
// in  s1_axis: 2 x 8 bits signed a beat, with a last mark
// out m_axis: 2 x 8 bits signed a beat, with a last mark
`default_nettype none

module nl_concat_s2x8_2to1_hfca346 (
  input  wire clk,
  input  wire rst,
  input  wire [15:0] s0_axis_tdata,
  input  wire s0_axis_tvalid,
  input  wire s0_axis_tlast,
  output wire s0_axis_tready,
  input  wire [15:0] s1_axis_tdata,
  input  wire s1_axis_tvalid,
  input  wire s1_axis_tlast,
  output wire s1_axis_tready,
  output wire [15:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg turn_q;
  reg beat_q;
  reg valid_q;
  reg [15:0] data_q;
  reg end_q;

  // whose turn it is: each stream gives the beats of one pixel
  wire run = ~valid_q | m_axis_tready;
  wire turn_of0 = turn_q == 1'd0;
  wire turn_of1 = turn_q == 1'd1;
  assign s0_axis_tready = run & turn_of0;
  assign s1_axis_tready = run & turn_of1;
  wire some = (turn_of0 & s0_axis_tvalid) | (turn_of1 & s1_axis_tvalid);
  wire over = (turn_of0 & (beat_q == 1'd1)) | (turn_of1 & (beat_q == 1'd0));
  wire step = run & some;
  wire beat_sum = beat_q + 1'd1;
  wire turn_inc = turn_q + 1'd1;

  assign m_axis_tdata = data_q;
  assign m_axis_tvalid = valid_q;
  assign m_axis_tlast = end_q;

  // whose turn it is: each stream gives the beats of one pixel
  always @(posedge clk) begin
    if (rst) begin
      turn_q <= 1'd0;
    end else if (step & over) begin
      turn_q <= turn_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      beat_q <= 1'd0;
    end else if (step) begin
      beat_q <= over ? 1'd0 : beat_sum;
    end
  end

  // the beat, registered
  always @(posedge clk) begin
    if (rst) begin
      valid_q <= 1'd0;
    end else if (run) begin
      valid_q <= some;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      data_q <= turn_of1 ? s1_axis_tdata : s0_axis_tdata;
      end_q <= turn_of1 & s1_axis_tlast;
    end
  end

  wire unused_ok = &{1'b0, s0_axis_tlast};

endmodule

`default_nettype wire
