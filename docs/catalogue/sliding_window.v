// nl_sliding_window_6x6x2_k3x3_l1_h8b2063
// block     sliding_window: cuts the patches of a convolution out of a stream of pixels
// computes  y[oy][ox][ky][kx][c] = x[oy * stride_h - pad_top + ky * dilation_h][ox * stride_w - pad_left +
//     kx * dilation_w][c]
// config    defaults
// niello    0.1.0, config 8c87758b198b2063
// patches   4 x 4 of 9 taps
// buffer    36 beats; a row of the image has 12
// last      ignored at the input: a frame is an image by count; marks an image's last beat at the output
// in  s_axis: 1 x 8 bits signed a beat, last is ignored: frames end by count
// out m_axis: 1 x 8 bits signed a beat, with a last mark
`default_nettype none

module nl_sliding_window_6x6x2_k3x3_l1_h8b2063 (
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

  reg [5:0] held_q;
  reg signed [6:0] patch_y_q;
  reg signed [3:0] patch_x_q;
  reg [6:0] first_q;
  reg [7:0] need_q;
  reg [6:0] freed_q;
  reg [6:0] first_ahead_q;
  reg [7:0] need_ahead_q;
  reg channel_q;
  reg [1:0] tap_x_q;
  reg [1:0] tap_y_q;
  reg [1:0] patch_col_q;
  reg [1:0] patch_row_q;
  reg [5:0] write_addr_q;
  reg [5:0] read_addr_q;
  reg valid_q;
  reg end_q;
  reg [7:0] pixels_q;
  reg [7:0] pixels [0:35];

  wire run = ~valid_q | m_axis_tready;

  // beats that are held, and beats to come that nobody needs
  wire room = held_q < 6'd36;
  wire store = s_axis_tvalid & room;

  // patches: a beat is read where all that its patch needs is held
  wire [5:0] first_y = patch_y_q[6] ? 6'd0 : patch_y_q[5:0];
  wire [2:0] first_x = patch_x_q[3] ? 3'd0 : patch_x_q[2:0];
  wire signed [7:0] reach = {patch_y_q[6], patch_y_q} + 8'd24;
  wire signed [7:0] reach_inside = (reach < 8'sd60) ? reach : 8'd60;
  wire [6:0] need_y_ext = {1'd0, first_y};
  wire [5:0] need_y = reach_inside[5:0] - need_y_ext[5:0];
  wire signed [4:0] reach_l1 = {patch_x_q[3], patch_x_q} + 5'd4;
  wire signed [4:0] reach_inside_l1 = (reach_l1 < 5'sd10) ? reach_l1 : 5'd10;
  wire [3:0] need_x = reach_inside_l1[3:0] - {1'd0, first_x};
  wire [6:0] need_of_patch_sum = {1'd0, need_y} + {3'd0, need_x};
  wire [7:0] need_of_patch = {1'd0, need_of_patch_sum} + 8'd2;
  wire [6:0] first_of_patch = {1'd0, first_y} + {4'd0, first_x};
  wire x_at_end = patch_x_q == 4'd6;
  wire signed [3:0] x_stepped = patch_x_q + 4'd2;
  wire signed [3:0] next_x = x_at_end ? 4'd0 : x_stepped;
  wire signed [6:0] y_stepped = patch_y_q + 7'd12;
  wire signed [6:0] next_y = x_at_end ? ((patch_y_q == 7'd36) ? 7'd0 : y_stepped) : patch_y_q;
  wire [6:0] freed_of_patch = (((patch_y_q == 7'd0) & (patch_x_q == 4'd0)) ? 7'd72 : first_of_patch) - first_q;
  wire some = {2'd0, held_q} >= need_q;
  wire step = run & some;
  wire channel_last = channel_q == 1'd1;
  wire channel_inc = channel_q + 1'd1;
  wire tap_x_last = tap_x_q == 2'd2;
  wire [1:0] tap_x_inc = tap_x_q + 2'd1;
  wire tap_y_last = tap_y_q == 2'd2;
  wire [1:0] tap_y_inc = tap_y_q + 2'd1;
  wire patch_last = (channel_last & tap_x_last) & tap_y_last;
  wire patch_col_last = patch_col_q == 2'd3;
  wire [1:0] patch_col_inc = patch_col_q + 2'd1;
  wire patch_row_last = patch_row_q == 2'd3;
  wire [1:0] patch_row_inc = patch_row_q + 2'd1;
  wire patch_end = step & patch_last;

  // what no later patch needs is freed
  wire [6:0] held_now = {1'd0, held_q} + {6'd0, store};
  wire [5:0] left = held_now[5:0] - freed_q[5:0];

  // the ring buffer
  wire s_axis_fire = s_axis_tvalid & room;
  wire write_addr_last = write_addr_q == 6'd35;
  wire [5:0] write_addr_inc = write_addr_q + 6'd1;
  wire [6:0] read_sum = {1'd0, read_addr_q} + {1'd0, patch_last ? (patch_col_last ? (patch_row_last ? 6'd1 :
      6'd13) : 6'd9) : (channel_last ? (tap_x_last ? 6'd7 : 6'd1) : 6'd1)};
  wire [5:0] back = read_sum[5:0] - 6'd36;

  // the ring buffer
  always @(posedge clk) if (store) begin
    pixels[write_addr_q] <= s_axis_tdata;
  end
  always @(posedge clk) if (step) begin
    pixels_q <= pixels[read_addr_q];
  end

  assign s_axis_tready = room;
  assign m_axis_tdata = pixels_q;
  assign m_axis_tvalid = valid_q;
  assign m_axis_tlast = end_q;

  // beats that are held, and beats to come that nobody needs
  always @(posedge clk) begin
    if (rst) begin
      held_q <= 6'd0;
    end else begin
      held_q <= patch_end ? left : held_now[5:0];
    end
  end

  // patches: a beat is read where all that its patch needs is held
  always @(posedge clk) begin
    if (rst) begin
      patch_y_q <= 7'd0;
      patch_x_q <= 4'd2;
      first_q <= 7'd0;
      need_q <= 8'd30;
    end else if (patch_end) begin
      patch_y_q <= next_y;
      patch_x_q <= next_x;
      first_q <= first_ahead_q;
      need_q <= need_ahead_q;
    end
  end

  always @(posedge clk) begin
    freed_q <= freed_of_patch;
    first_ahead_q <= first_of_patch;
    need_ahead_q <= need_of_patch;
  end

  always @(posedge clk) begin
    if (rst) begin
      channel_q <= 1'd0;
    end else if (step) begin
      channel_q <= channel_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      tap_x_q <= 2'd0;
    end else if (step & channel_last) begin
      tap_x_q <= tap_x_last ? 2'd0 : tap_x_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      tap_y_q <= 2'd0;
    end else if ((step & channel_last) & tap_x_last) begin
      tap_y_q <= tap_y_last ? 2'd0 : tap_y_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      patch_col_q <= 2'd0;
    end else if (step & patch_last) begin
      patch_col_q <= patch_col_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      patch_row_q <= 2'd0;
    end else if ((step & patch_last) & patch_col_last) begin
      patch_row_q <= patch_row_inc;
    end
  end

  // the ring buffer
  always @(posedge clk) begin
    if (rst) begin
      write_addr_q <= 6'd0;
    end else if (s_axis_fire) begin
      write_addr_q <= write_addr_last ? 6'd0 : write_addr_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      read_addr_q <= 6'd0;
    end else if (step) begin
      read_addr_q <= (read_sum >= 7'd36) ? back : read_sum[5:0];
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
      end_q <= (patch_last & patch_col_last) & patch_row_last;
    end
  end

  wire unused_ok = &{1'b0, held_now[6], freed_q[6], reach_inside_l1[4], need_y_ext[6], reach_inside[7:6],
      s_axis_tlast};

endmodule

`default_nettype wire
