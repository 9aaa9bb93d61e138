// nl_argmax_s1x8_n10
// block     argmax: finds the index of the largest element of a frame
// computes  y = min { i : x[i] = max(x) }
// config    defaults
// niello    0.1.0, config efa360adedd55e81
// in  s_axis: 1 x 8 bits signed a beat, last is ignored: frames end by count
// out m_axis: 1 x 4 bits unsigned a beat, with a last mark
`default_nettype none

module nl_argmax_s1x8_n10 (
  input  wire clk,
  input  wire rst,
  input  wire [7:0] s_axis_tdata,
  input  wire s_axis_tvalid,
  input  wire s_axis_tlast,
  output wire s_axis_tready,
  output wire [3:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg [3:0] beat_q;
  reg [7:0] best_q;
  reg [3:0] best_index_q;
  reg out_valid_q;

  // the frame's result
  wire out_free = ~out_valid_q | m_axis_tready;

  // position in the frame
  wire s_axis_fire = s_axis_tvalid & out_free;
  wire beat_last = beat_q == 4'd9;
  wire [3:0] beat_inc = beat_q + 4'd1;

  // largest lane of this beat, the lower lane where equal
  wire [7:0] value = s_axis_tdata ^ 8'd128;
  wire [4:0] index_ext = {1'd0, beat_q};
  wire [3:0] index = index_ext[3:0];

  // largest so far; an earlier one stays where equal
  wire better = ~(|beat_q) | (best_q < value);

  assign s_axis_tready = out_free;
  assign m_axis_tdata = best_index_q;
  assign m_axis_tvalid = out_valid_q;

  // the frame's result
  assign m_axis_tlast = 1'd1;

  // position in the frame
  always @(posedge clk) begin
    if (rst) begin
      beat_q <= 4'd0;
    end else if (s_axis_fire) begin
      beat_q <= beat_last ? 4'd0 : beat_inc;
    end
  end

  // largest so far; an earlier one stays where equal
  always @(posedge clk) begin
    if (s_axis_fire & better) begin
      best_q <= value;
    end
  end

  always @(posedge clk) begin
    if (s_axis_fire & better) begin
      best_index_q <= index;
    end
  end

  // the frame's result
  always @(posedge clk) begin
    if (rst) begin
      out_valid_q <= 1'd0;
    end else if (out_free) begin
      out_valid_q <= s_axis_fire & beat_last;
    end
  end

  wire unused_ok = &{1'b0, index_ext[4], s_axis_tlast};

endmodule

`default_nettype wire
