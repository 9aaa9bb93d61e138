// nl_deform_window_6x6x2_d2_l1_h3a70cf
// block     deform_window: cuts the patches of a deformable 3x3 convolution, each with a dilation of its own
// computes  y[oy][ox][ky][kx][c] = x[oy * stride + (ky - 1) * d][ox * stride + (kx - 1) * d][c], d =
//     min(dilation[oy][ox], max_dilation)
// config    max_dilation=2, else defaults
// niello    0.1.0, config 7ec12dc6713a70cf
// patches   6 x 6 of 9 taps
// buffer    60 beats; a row of the image has 12
// last      ignored at the inputs: a frame is an image by count; marks an image's last beat at the output
// in  s_axis: 1 x 8 bits signed a beat, last is ignored: frames end by count
// in  d_axis: 1 x 4 bits unsigned a beat, last is ignored: frames end by count
// out m_axis: 1 x 8 bits signed a beat, with a last mark
`default_nettype none

module nl_deform_window_6x6x2_d2_l1_h3a70cf (
  input  wire clk,
  input  wire rst,
  input  wire [7:0] s_axis_tdata,
  input  wire s_axis_tvalid,
  input  wire s_axis_tlast,
  output wire s_axis_tready,
  input  wire [3:0] d_axis_tdata,
  input  wire d_axis_tvalid,
  input  wire d_axis_tlast,
  output wire d_axis_tready,
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
  reg known_q;
  reg [1:0] tap_x_q;
  reg [1:0] tap_y_q;
  reg channel_q;
  reg [5:0] write_addr_q;
  reg [2:0] patch_col_q;
  reg [2:0] patch_row_q;
  reg last_patch_q;
  reg above_q;
  reg below_q;
  reg left_q;
  reg right_q;
  reg [5:0] read_addr_q;
  reg [5:0] step_inner_q;
  reg [5:0] step_middle_q;
  reg [5:0] step_outer_q;
  reg [5:0] centre_addr_q;
  reg outside_q;
  reg valid_q;
  reg end_q;
  reg [7:0] pixels_q;
  reg [7:0] pixels [0:59];

  wire run = ~valid_q | m_axis_tready;

  // beats that are held, and beats to come that nobody needs
  wire room = held_q < 6'd60;
  wire store = s_axis_tvalid & room;

  // patches: a beat is read where all that the widest patch needs is held, and the dilation is there
  wire [5:0] first_y = patch_y_q[6] ? 6'd0 : patch_y_q[5:0];
  wire [2:0] first_x = (patch_y_q > -7'sd12) ? (patch_x_q[3] ? 3'd0 : patch_x_q[2:0]) : 3'd0;
  wire signed [7:0] reach = {patch_y_q[6], patch_y_q} + 8'd48;
  wire signed [7:0] reach_inside = (reach < 8'sd60) ? reach : 8'd60;
  wire [6:0] need_y_ext = {1'd0, first_y};
  wire [5:0] need_y = reach_inside[5:0] - need_y_ext[5:0];
  wire signed [5:0] reach_l1 = {{2{patch_x_q[3]}}, patch_x_q} + 6'd8;
  wire signed [5:0] reach_inside_l1 = ($unsigned(reach_l1) < 6'd10) ? reach_l1 : 6'd10;
  wire [3:0] need_x = reach_inside_l1[3:0] - {1'd0, first_x};
  wire [6:0] need_of_patch_sum = {1'd0, need_y} + {3'd0, need_x};
  wire [7:0] need_of_patch = {1'd0, need_of_patch_sum} + 8'd2;
  wire [6:0] first_of_patch = {1'd0, first_y} + {4'd0, first_x};
  wire x_at_end = patch_x_q == 4'd6;
  wire signed [3:0] x_stepped = patch_x_q + 4'd2;
  wire signed [3:0] next_x = x_at_end ? 4'd12 : x_stepped;
  wire signed [6:0] y_stepped = patch_y_q + 7'd12;
  wire signed [6:0] next_y = x_at_end ? ((patch_y_q == 7'd36) ? 7'd104 : y_stepped) : patch_y_q;
  wire [6:0] freed_of_patch = (((patch_y_q == 7'd104) & (patch_x_q == 4'd12)) ? 7'd72 :
      first_of_patch) - first_q;
  wire some = known_q & ({2'd0, held_q} >= need_q);
  wire step = run & some;
  wire tap_x_last = tap_x_q == 2'd2;
  wire [1:0] tap_x_inc = tap_x_q + 2'd1;
  wire tap_y_last = tap_y_q == 2'd2;
  wire [1:0] tap_y_inc = tap_y_q + 2'd1;
  wire channel_last = channel_q == 1'd1;
  wire channel_inc = channel_q + 1'd1;
  wire end_and = (tap_x_last & tap_y_last) & channel_last;
  wire patch_end = step & end_and;
  wire d_axis_ready = ~known_q | patch_end;

  // what no later patch needs is freed
  wire [6:0] held_now = {1'd0, held_q} + {6'd0, store};
  wire [5:0] left = held_now[5:0] - freed_q[5:0];

  // the ring buffer
  wire s_axis_fire = s_axis_tvalid & room;
  wire write_addr_last = write_addr_q == 6'd59;
  wire [5:0] write_addr_inc = write_addr_q + 6'd1;
  wire take = d_axis_tvalid & d_axis_ready;
  wire [3:0] dilation_sel = (d_axis_tdata < 4'd2) ? d_axis_tdata : 4'd2;
  wire [1:0] dilation = dilation_sel[1:0];

  // the centre of the patch whose dilation comes next
  wire patch_col_last = patch_col_q == 3'd5;
  wire [2:0] patch_col_inc = patch_col_q + 3'd1;
  wire patch_row_last = patch_row_q == 3'd5;
  wire [2:0] patch_row_inc = patch_row_q + 3'd1;
  wire [3:0] below_sum = {1'd0, patch_row_q} + {2'd0, dilation};
  reg in_image_sel;
  always @* begin
    case (tap_y_q)
      2'd0: in_image_sel = above_q;
      2'd1: in_image_sel = 1'd1;
      2'd2: in_image_sel = below_q;
      default: in_image_sel = 1'd1;
    endcase
  end
  wire [3:0] right_sum = {1'd0, patch_col_q} + {2'd0, dilation};
  reg in_image_sel_l1;
  always @* begin
    case (tap_x_q)
      2'd0: in_image_sel_l1 = left_q;
      2'd1: in_image_sel_l1 = 1'd1;
      2'd2: in_image_sel_l1 = right_q;
      default: in_image_sel_l1 = 1'd1;
    endcase
  end
  wire in_image = in_image_sel & in_image_sel_l1;
  reg [5:0] step_inner_d;
  always @* begin
    case (dilation)
      2'd0: step_inner_d = 6'd0;
      2'd1: step_inner_d = 6'd2;
      2'd2: step_inner_d = 6'd4;
      default: step_inner_d = 6'd4;
    endcase
  end
  reg [5:0] step_middle_d;
  always @* begin
    case (dilation)
      2'd0: step_middle_d = 6'd0;
      2'd1: step_middle_d = 6'd8;
      2'd2: step_middle_d = 6'd16;
      default: step_middle_d = 6'd16;
    endcase
  end
  reg [5:0] step_outer_d;
  always @* begin
    case (dilation)
      2'd0: step_outer_d = 6'd1;
      2'd1: step_outer_d = 6'd33;
      2'd2: step_outer_d = 6'd5;
      default: step_outer_d = 6'd5;
    endcase
  end
  wire [6:0] centre_sum = {1'd0, centre_addr_q} + 7'd2;
  wire [5:0] centre_addr_diff = centre_sum[5:0] - 6'd60;
  reg [5:0] first_sum_sel;
  always @* begin
    case (dilation)
      2'd0: first_sum_sel = 6'd0;
      2'd1: first_sum_sel = 6'd46;
      2'd2: first_sum_sel = 6'd32;
      default: first_sum_sel = 6'd32;
    endcase
  end
  wire [6:0] first_sum = {1'd0, centre_addr_q} + {1'd0, first_sum_sel};
  wire [5:0] read_addr_diff = first_sum[5:0] - 6'd60;
  wire [6:0] read_sum = {1'd0, read_addr_q} + {1'd0, tap_x_last ? (tap_y_last ? step_outer_q : step_middle_q) :
      step_inner_q};
  wire [5:0] read_addr_diff_l1 = read_sum[5:0] - 6'd60;
  assign m_axis_tdata = outside_q ? 8'd0 : pixels_q;

  // the ring buffer
  always @(posedge clk) if (store) begin
    pixels[write_addr_q] <= s_axis_tdata;
  end
  always @(posedge clk) if (step & in_image) begin
    pixels_q <= pixels[read_addr_q];
  end

  assign s_axis_tready = room;
  assign d_axis_tready = d_axis_ready;
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

  // patches: a beat is read where all that the widest patch needs is held, and the dilation is there
  always @(posedge clk) begin
    if (rst) begin
      patch_y_q <= 7'd104;
      patch_x_q <= 4'd14;
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
      known_q <= 1'd0;
    end else if (d_axis_ready) begin
      known_q <= d_axis_tvalid;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      tap_x_q <= 2'd0;
    end else if (step) begin
      tap_x_q <= tap_x_last ? 2'd0 : tap_x_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      tap_y_q <= 2'd0;
    end else if (step & tap_x_last) begin
      tap_y_q <= tap_y_last ? 2'd0 : tap_y_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      channel_q <= 1'd0;
    end else if ((step & tap_x_last) & tap_y_last) begin
      channel_q <= channel_inc;
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

  // the centre of the patch whose dilation comes next
  always @(posedge clk) begin
    if (rst) begin
      patch_col_q <= 3'd0;
      centre_addr_q <= 6'd0;
    end else if (take) begin
      patch_col_q <= patch_col_last ? 3'd0 : patch_col_inc;
      centre_addr_q <= (centre_sum >= 7'd60) ? centre_addr_diff : centre_sum[5:0];
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      patch_row_q <= 3'd0;
    end else if (take & patch_col_last) begin
      patch_row_q <= patch_row_last ? 3'd0 : patch_row_inc;
    end
  end

  always @(posedge clk) begin
    if (take) begin
      last_patch_q <= patch_col_last & patch_row_last;
      above_q <= patch_row_q >= {1'd0, dilation};
      below_q <= below_sum < 4'd6;
      left_q <= patch_col_q >= {1'd0, dilation};
      right_q <= right_sum < 4'd6;
      step_inner_q <= step_inner_d;
      step_middle_q <= step_middle_d;
      step_outer_q <= step_outer_d;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      read_addr_q <= 6'd0;
    end else if (take | step) begin
      read_addr_q <= take ? ((first_sum >= 7'd60) ? read_addr_diff : first_sum[5:0]) : ((read_sum >= 7'd60) ?
      read_addr_diff_l1 : read_sum[5:0]);
    end
  end

  always @(posedge clk) begin
    if (step) begin
      outside_q <= ~in_image;
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
      end_q <= end_and & last_patch_q;
    end
  end

  wire unused_ok = &{1'b0, dilation_sel[3:2], held_now[6], freed_q[6], reach_inside_l1[5:4], need_y_ext[6],
      reach_inside[7:6], d_axis_tlast, s_axis_tlast};

endmodule

`default_nettype wire
