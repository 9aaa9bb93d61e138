// nl_upsample_3x4x2_l1_h5ae786
// block     upsample: enlarges an image: every pixel becomes a rectangle
// computes  y[oy][ox][c] = x[oy / factor_h][ox / factor_w][c]
// config    height=3 width=4 channels=2 lanes=1 bits=8 signed=true factor_h=2 factor_w=2
// niello    0.1.0, config b8154395da5ae786
// image     3 x 4 becomes 6 x 8
// last      ignored at the input: a frame is an image by count; marks an image's last beat at the output
// in  s_axis: 1 x 8 bits signed a beat, last is ignored: frames end by count
// out m_axis: 1 x 8 bits signed a beat, with a last mark
`default_nettype none

module nl_upsample_3x4x2_l1_h5ae786 (
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

  reg full0_q;
  reg full1_q;
  reg write_half_q;
  reg [2:0] write_beat_q;
  reg read_half_q;
  reg [2:0] read_beat_q;
  reg channel_q;
  reg copy_q;
  reg [1:0] pixel_q;
  reg row_copy_q;
  reg [1:0] row_q;
  reg valid_q;
  reg end_q;
  reg [7:0] rows_q;
  reg [7:0] rows [0:15];

  wire run = ~valid_q | m_axis_tready;

  // write side: fills the half that is not full
  wire [2:0] write_beat_d = write_beat_q + 3'd1;
  wire filled = (s_axis_tvalid & ~(write_half_q ? full1_q : full0_q)) & (write_beat_q == 3'd7);

  // read side: nested loops over the half that is full
  wire some = read_half_q ? full1_q : full0_q;
  wire step = run & some;
  wire eq = channel_q == 1'd1;
  wire channel_d = channel_q + 1'd1;
  wire copy_en = step & eq;
  wire eq_l1 = copy_q == 1'd1;
  wire copy_d = copy_q + 1'd1;
  wire pixel_en = copy_en & eq_l1;
  wire row_end_and_and = eq & eq_l1;
  wire row_end_and_eq = pixel_q == 2'd3;
  wire [1:0] pixel_d = pixel_q + 2'd1;
  wire row_end_and = row_end_and_and & row_end_and_eq;
  wire row_end_eq = row_copy_q == 1'd1;
  wire row_copy_d = row_copy_q + 1'd1;
  wire [2:0] read_beat_sum_sel = (row_end_and & ~row_end_eq) ? 3'd1 : ((row_end_and_and & ~row_end_and_eq) ?
      3'd1 : ((eq & ~eq_l1) ? 3'd7 : (~eq ? 3'd1 : 3'd0)));
  wire row_end = row_end_and & row_end_eq;
  wire [3:0] read_beat_diff_sum = {1'd0, read_beat_q} + {1'd0, read_beat_sum_sel};
  wire [2:0] read_beat_diff = read_beat_diff_sum[2:0] - 3'd0;
  wire [2:0] read_beat_sum = read_beat_q + read_beat_sum_sel;
  wire emptied = step & row_end;
  wire end_eq = row_q == 2'd2;
  wire [1:0] row_sum = row_q + 2'd1;

  always @(posedge clk) if (s_axis_tvalid & ~(write_half_q ? full1_q : full0_q)) begin
    rows[{write_half_q, write_beat_q}] <= s_axis_tdata;
  end
  always @(posedge clk) if (step) begin
    rows_q <= rows[{read_half_q, read_beat_q}];
  end

  assign s_axis_tready = ~(write_half_q ? full1_q : full0_q);
  assign m_axis_tdata = rows_q;
  assign m_axis_tvalid = valid_q;
  assign m_axis_tlast = end_q;

  always @(posedge clk) begin
    if (rst) begin
      full0_q <= 1'd0;
      full1_q <= 1'd0;
    end else begin
      full0_q <= (filled & ~write_half_q) | (full0_q & ~(emptied & ~read_half_q));
      full1_q <= (filled & write_half_q) | (full1_q & ~(emptied & read_half_q));
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      write_half_q <= 1'd0;
    end else if (filled) begin
      write_half_q <= ~write_half_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      write_beat_q <= 3'd0;
    end else if (s_axis_tvalid & ~(write_half_q ? full1_q : full0_q)) begin
      write_beat_q <= write_beat_d;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      read_half_q <= 1'd0;
      row_q <= 2'd0;
    end else if (emptied) begin
      read_half_q <= ~read_half_q;
      row_q <= end_eq ? 2'd0 : row_sum;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      read_beat_q <= 3'd0;
      channel_q <= 1'd0;
    end else if (step) begin
      read_beat_q <= row_end ? 3'd0 : ((read_beat_diff_sum >= 4'd8) ? read_beat_diff : read_beat_sum);
      channel_q <= channel_d;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      copy_q <= 1'd0;
    end else if (copy_en) begin
      copy_q <= copy_d;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      pixel_q <= 2'd0;
    end else if (pixel_en) begin
      pixel_q <= pixel_d;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      row_copy_q <= 1'd0;
    end else if (pixel_en & row_end_and_eq) begin
      row_copy_q <= row_copy_d;
    end
  end

  // the buffer: both halves, one behind the other
  always @(posedge clk) begin
    if (rst) begin
      valid_q <= 1'd0;
    end else if (run) begin
      valid_q <= some;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      end_q <= row_end & end_eq;
    end
  end

  wire unused_ok = &{1'b0, s_axis_tlast};

endmodule

`default_nettype wire
