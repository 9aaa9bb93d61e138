// nl_depth_to_space_3x4x8_l1_hcae167
// block     depth_to_space: enlarges an image: channels become pixels
// computes  y[oy][ox][c] = x[oy / size][ox / size][((oy % size) size + ox % size) out + c]
// config    defaults
// niello    0.1.0, config bd2cf06dbacae167
// image     3 x 4 x 8 becomes 6 x 8 x 2
// last      ignored at the input: a frame is an image by count; marks an image's last beat at the output
// in  s_axis: 1 x 8 bits signed a beat, last is ignored: frames end by count
// out m_axis: 1 x 8 bits signed a beat, with a last mark
`default_nettype none

module nl_depth_to_space_3x4x8_l1_hcae167 (
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
  reg [4:0] write_beat_q;
  reg read_half_q;
  reg [4:0] read_beat_q;
  reg [1:0] channel_q;
  reg [1:0] pixel_q;
  reg row_part_q;
  reg [1:0] row_q;
  reg valid_q;
  reg end_q;
  reg [7:0] rows_q;
  reg [7:0] rows [0:63];

  wire run = ~valid_q | m_axis_tready;

  // write side: fills the half that is not full
  wire s_axis_fire = s_axis_tvalid & ~(write_half_q ? full1_q : full0_q);
  wire write_beat_last = write_beat_q == 5'd31;
  wire [4:0] write_beat_inc = write_beat_q + 5'd1;
  wire filled = s_axis_fire & write_beat_last;

  // read side: nested loops over the half that is full
  wire some = read_half_q ? full1_q : full0_q;
  wire step = run & some;
  wire channel_last = channel_q == 2'd3;
  wire [1:0] channel_inc = channel_q + 2'd1;
  wire channel_go = step & channel_last;
  wire pixel_last = pixel_q == 2'd3;
  wire [1:0] pixel_inc = pixel_q + 2'd1;
  wire pixel_all = channel_last & pixel_last;
  wire row_part_last = row_part_q == 1'd1;
  wire row_part_inc = row_part_q + 1'd1;
  wire [4:0] row_part_step = (pixel_all & ~row_part_last) ? 5'd9 : ((channel_last & ~pixel_last) ? 5'd5 :
      (~channel_last ? 5'd1 : 5'd0));
  wire row_end = pixel_all & row_part_last;
  wire [5:0] read_beat_moved = {1'd0, read_beat_q} + {1'd0, row_part_step};
  wire [4:0] read_beat_moved_l1 = read_beat_q + row_part_step;
  wire emptied = step & row_end;
  wire row_last = row_q == 2'd2;
  wire [1:0] row_inc = row_q + 2'd1;

  // the buffer: both halves, one behind the other
  always @(posedge clk) if (s_axis_fire) begin
    rows[{write_half_q, write_beat_q}] <= s_axis_tdata;
  end
  always @(posedge clk) if (step) begin
    rows_q <= rows[{read_half_q, read_beat_q}];
  end

  // write side: fills the half that is not full
  assign s_axis_tready = ~(write_half_q ? full1_q : full0_q);

  assign m_axis_tdata = rows_q;
  assign m_axis_tvalid = valid_q;
  assign m_axis_tlast = end_q;

  // write side: fills the half that is not full
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
      write_beat_q <= 5'd0;
    end else if (s_axis_fire) begin
      write_beat_q <= write_beat_inc;
    end
  end

  // read side: nested loops over the half that is full
  always @(posedge clk) begin
    if (rst) begin
      read_half_q <= 1'd0;
      row_q <= 2'd0;
    end else if (emptied) begin
      read_half_q <= ~read_half_q;
      row_q <= row_last ? 2'd0 : row_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      read_beat_q <= 5'd0;
      channel_q <= 2'd0;
    end else if (step) begin
      read_beat_q <= row_end ? 5'd0 : ((read_beat_moved >= 6'd32) ? read_beat_moved[4:0] : read_beat_moved_l1);
      channel_q <= channel_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      pixel_q <= 2'd0;
    end else if (channel_go) begin
      pixel_q <= pixel_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      row_part_q <= 1'd0;
    end else if (channel_go & pixel_last) begin
      row_part_q <= row_part_inc;
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
      end_q <= row_end & row_last;
    end
  end

  wire unused_ok = &{1'b0, s_axis_tlast};

endmodule

`default_nettype wire
