// nl_width_converter_u8_4to1_n16
// block     width_converter: changes the number of lanes of a stream
// computes  y[i] = x[i], in_lanes to out_lanes elements a beat
// config    defaults
// niello    0.1.0, config adf0af965705d5a5
// last      ignored at the input: a frame ends by count
// in  s_axis: 4 x 8 bits unsigned a beat, last is ignored: frames end by count
// out m_axis: 1 x 8 bits unsigned a beat, with a last mark
`default_nettype none

module nl_width_converter_u8_4to1_n16 (
  input  wire clk,
  input  wire rst,
  input  wire [31:0] s_axis_tdata,
  input  wire s_axis_tvalid,
  input  wire s_axis_tlast,
  output wire s_axis_tready,
  output wire [7:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg [3:0] level_q;
  reg [3:0] beat_out_q;
  reg [63:0] held_q;

  // fill level, in units of the lanes' common divisor
  wire some = level_q >= 4'd1;
  wire take = s_axis_tvalid & (level_q <= 4'd4);
  wire give = some & m_axis_tready;

  // beats of the frame, in and out
  wire last_out = beat_out_q == 4'd15;
  wire [3:0] beat_out_inc = beat_out_q + 4'd1;

  // what is left after giving, and the level that follows
  wire [3:0] rest = level_q - (give ? 4'd1 : 4'd0);
  wire [3:0] level_d = rest + (take ? 4'd4 : 4'd0);

  // elements: the given beat leaves at the bottom, the taken one is merged at the level
  wire [63:0] kept = give ? {8'd0, held_q[63:8]} : held_q;
  reg [63:0] placed;
  always @* begin
    case (rest)
      4'd0: placed = {32'd0, s_axis_tdata};
      4'd1: placed = {24'd0, {s_axis_tdata, 8'd0}};
      4'd2: placed = {16'd0, {s_axis_tdata, 16'd0}};
      4'd3: placed = {8'd0, {s_axis_tdata, 24'h0}};
      default: placed = {s_axis_tdata, 32'h0};
    endcase
  end
  assign m_axis_tdata = held_q[7:0];

  // fill level, in units of the lanes' common divisor
  assign s_axis_tready = level_q <= 4'd4;

  assign m_axis_tvalid = some;
  assign m_axis_tlast = last_out;

  // fill level, in units of the lanes' common divisor
  always @(posedge clk) begin
    if (rst) begin
      level_q <= 4'd0;
    end else begin
      level_q <= level_d;
    end
  end

  // beats of the frame, in and out
  always @(posedge clk) begin
    if (rst) begin
      beat_out_q <= 4'd0;
    end else if (give) begin
      beat_out_q <= beat_out_inc;
    end
  end

  // elements: the given beat leaves at the bottom, the taken one is merged at the level
  always @(posedge clk) begin
    if (rst) begin
      held_q <= 64'h0;
    end else begin
      held_q <= kept | (take ? placed : 64'h0);
    end
  end

  wire unused_ok = &{1'b0, s_axis_tlast};

endmodule

`default_nettype wire
