// nl_pad_3x4x2_l1_hc439e2
// block     pad: puts rows and columns of one value around an image
// computes  y[oy][ox][c] = x[oy - top][ox - left][c], value outside
// config    height=3 width=4 channels=2 lanes=1 bits=8 signed=true top=1 left=1 bottom=1 right=1 value=0
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
  wire channel_d = channel_q + 1'd1;
  wire col_en = step & (channel_q == 1'd1);
  wire row_eq = col_q == 3'd5;
  wire [2:0] col_sum = col_q + 3'd1;
  wire row_en = col_en & row_eq;
  wire end_eq = row_q == 3'd4;
  wire [2:0] row_sum = row_q + 3'd1;

  assign m_axis_tdata = data_q;
  assign m_axis_tvalid = valid_q;
  assign m_axis_tlast = end_q;

  always @(posedge clk) begin
    if (rst) begin
      channel_q <= 1'd0;
    end else if (step) begin
      channel_q <= channel_d;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      col_q <= 3'd0;
    end else if (col_en) begin
      col_q <= row_eq ? 3'd0 : col_sum;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      row_q <= 3'd0;
    end else if (row_en) begin
      row_q <= end_eq ? 3'd0 : row_sum;
    end
  end

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
      end_q <= row_en & end_eq;
    end
  end

  wire unused_ok = &{1'b0, s_axis_tlast};

endmodule

`default_nettype wire
