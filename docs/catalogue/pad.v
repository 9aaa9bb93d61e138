// nl_pad_3x4x2_l1_hc439e2
// block     pad: puts rows and columns of one value around an image
// computes  y[oy][ox][c] = x[oy - top][ox - left][c], value outside
// config    defaults
// niello    0.1.0, config 9dedf1f4e9c439e2
// image     3 x 4 becomes 5 x 6
// last      ignored at the input: a frame is an image by count; marks an image's last beat at the output
// in  s_axis: 1 x 8 bits signed a beat, last is ignored: frames end by count
// out m_axis: 1 x 8 bits signed a beat, with a last mark
`default_nettype none

module nl_pad_3x4x2_l1_hc439e2 (
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

  reg channel_q;
  reg [2:0] col_q;
  reg [2:0] row_q;
  reg valid_q;
  reg [7:0] data_q;
  reg end_q;

  // where the beat that leaves lies
  wire run = ~valid_q | m_axis_tready;
  wire in_image = ((row_q >= 3'd1) & (row_q < 3'd4)) & ((col_q >= 3'd1) & (col_q < 3'd5));
  wire in_front = (row_q < 3'd1) | ((row_q == 3'd1) & (col_q < 3'd1));

  // pixels from the stream, the value from here
  wire some = (in_image | in_front) ? s_axis_tvalid : 1'd1;
  wire step = run & some;
  assign s_axis_tready = run & in_image;
  wire channel_last = channel_q == 1'd1;
  wire channel_inc = channel_q + 1'd1;
  wire frame_end = step & channel_last;
  wire col_last = col_q == 3'd5;
  wire [2:0] col_inc = col_q + 3'd1;
  wire frame_end_l1 = frame_end & col_last;
  wire row_last = row_q == 3'd4;
  wire [2:0] row_inc = row_q + 3'd1;

  assign m_axis_tdata = data_q;
  assign m_axis_tvalid = valid_q;
  assign m_axis_tlast = end_q;

  // where the beat that leaves lies
  always @(posedge clk) begin
    if (rst) begin
      channel_q <= 1'd0;
    end else if (step) begin
      channel_q <= channel_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      col_q <= 3'd0;
    end else if (frame_end) begin
      col_q <= col_last ? 3'd0 : col_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      row_q <= 3'd0;
    end else if (frame_end_l1) begin
      row_q <= row_last ? 3'd0 : row_inc;
    end
  end

  // pixels from the stream, the value from here
  always @(posedge clk) begin
    if (rst) begin
      valid_q <= 1'd0;
    end else if (run) begin
      valid_q <= some;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      data_q <= in_image ? s_axis_tdata : 8'd0;
      end_q <= frame_end_l1 & row_last;
    end
  end

  wire unused_ok = &{1'b0, s_axis_tlast};

endmodule

`default_nettype wire
