// nl_deform_window_6x6x2_d2_l1_h3a70cf
// block     deform_window: cuts the patches of a deformable 3x3 convolution, each with a dilation of its own
// computes  y[oy][ox][ky][kx][c] = x[oy * stride + (ky - 1) * d][ox * stride + (kx - 1) * d][c], d =
//     min(dilation[oy][ox], max_dilation)
// config    height=6 width=6 channels=2 lanes=1 bits=8 signed=true stride=1 d_bits=4 max_dilation=2 pad_value=0 spare=0
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
  reg [6:0] patch_y_q;
  reg [3:0] patch_x_q;
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
  wire write_addr_lt = held_q < 6'd60;
  wire store = s_axis_tvalid & write_addr_lt;

  // patches: a beat is read where all that the widest patch needs is held, and the dilation is there
  wire [5:0] first_y = patch_y_q[6] ? 6'd0 : patch_y_q[5:0];
  wire [2:0] first_x = ($signed(patch_y_q) > -7'sd12) ? (patch_x_q[3] ? 3'd0 : patch_x_q[2:0]) : 3'd0;
  wire [7:0] need_y_sel_sum = {patch_y_q[6], patch_y_q} + 8'd48;
  wire [7:0] need_y_sel = ($signed(need_y_sel_sum) < 8'sd60) ? need_y_sel_sum : 8'd60;
  wire [6:0] need_y_ext = {1'd0, first_y};
  wire [5:0] need_y = need_y_sel[5:0] - need_y_ext[5:0];
  wire [5:0] need_x_sel_sum = {{2{patch_x_q[3]}}, patch_x_q} + 6'd8;
  wire [5:0] need_x_sel = (need_x_sel_sum < 6'd10) ? need_x_sel_sum : 6'd10;
  wire [3:0] need_x = need_x_sel[3:0] - {1'd0, first_x};
  wire [6:0] need_of_patch_sum = {1'd0, need_y} + {3'd0, need_x};
  wire [7:0] need_of_patch = {1'd0, need_of_patch_sum} + 8'd2;
  wire [6:0] first_of_patch = {1'd0, first_y} + {4'd0, first_x};
  wire next_y_eq = patch_x_q == 4'd6;
  wire [3:0] next_x_sum = patch_x_q + 4'd2;
  wire [3:0] next_x = next_y_eq ? 4'd12 : next_x_sum;
  wire [6:0] next_y_sum = patch_y_q + 7'd12;
  wire [6:0] next_y = next_y_eq ? ((patch_y_q == 7'd36) ? 7'd104 : next_y_sum) : patch_y_q;
  wire [6:0] freed_of_patch = (((patch_y_q == 7'd104) & (patch_x_q == 4'd12)) ? 7'd72 :
      first_of_patch) - first_q;
  wire some = known_q & ({2'd0, held_q} >= need_q);
  wire step = run & some;
  wire read_sum_eq = tap_x_q == 2'd2;
  wire [1:0] tap_x_sum = tap_x_q + 2'd1;
  wire read_sum_eq_l1 = tap_y_q == 2'd2;
  wire [1:0] tap_y_sum = tap_y_q + 2'd1;
  wire channel_d = channel_q + 1'd1;
  wire end_and = (read_sum_eq & read_sum_eq_l1) & (channel_q == 1'd1);
  wire patch_end = step & end_and;
  wire known_en = ~known_q | patch_end;

  // what no later patch needs is freed
  wire [6:0] held_now = {1'd0, held_q} + {6'd0, store};
  wire [5:0] held_diff = held_now[5:0] - freed_q[5:0];

  // the ring buffer
  wire [5:0] write_addr_sum = write_addr_q + 6'd1;
  wire take = d_axis_tvalid & known_en;
  wire [3:0] dilation_sel = (d_axis_tdata < 4'd2) ? d_axis_tdata : 4'd2;
  wire [1:0] dilation = dilation_sel[1:0];

  // the centre of the patch whose dilation comes next
  wire last_patch_eq = patch_col_q == 3'd5;
  wire [2:0] patch_col_sum = patch_col_q + 3'd1;
  wire last_patch_eq_l1 = patch_row_q == 3'd5;
  wire [2:0] patch_row_sum = patch_row_q + 3'd1;
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
  wire [6:0] read_sum = {1'd0, read_addr_q} + {1'd0, read_sum_eq ? (read_sum_eq_l1 ? step_outer_q :
      step_middle_q) : step_inner_q};
  wire [5:0] read_addr_diff_l1 = read_sum[5:0] - 6'd60;
  assign m_axis_tdata = outside_q ? 8'd0 : pixels_q;

  always @(posedge clk) if (store) begin
    pixels[write_addr_q] <= s_axis_tdata;
  end
  always @(posedge clk) if (step & in_image) begin
    pixels_q <= pixels[read_addr_q];
  end

  assign s_axis_tready = write_addr_lt;
  assign d_axis_tready = known_en;
  assign m_axis_tvalid = valid_q;
  assign m_axis_tlast = end_q;

  always @(posedge clk) begin
    if (rst) begin
      held_q <= 6'd0;
    end else begin
      held_q <= patch_end ? held_diff : held_now[5:0];
    end
  end

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
    end else if (known_en) begin
      known_q <= d_axis_tvalid;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      tap_x_q <= 2'd0;
    end else if (step) begin
      tap_x_q <= read_sum_eq ? 2'd0 : tap_x_sum;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      tap_y_q <= 2'd0;
    end else if (step & read_sum_eq) begin
      tap_y_q <= read_sum_eq_l1 ? 2'd0 : tap_y_sum;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      channel_q <= 1'd0;
    end else if ((step & read_sum_eq) & read_sum_eq_l1) begin
      channel_q <= channel_d;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      write_addr_q <= 6'd0;
    end else if (s_axis_tvalid & write_addr_lt) begin
      write_addr_q <= (write_addr_q == 6'd59) ? 6'd0 : write_addr_sum;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      patch_col_q <= 3'd0;
      centre_addr_q <= 6'd0;
    end else if (take) begin
      patch_col_q <= last_patch_eq ? 3'd0 : patch_col_sum;
      centre_addr_q <= (centre_sum >= 7'd60) ? centre_addr_diff : centre_sum[5:0];
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      patch_row_q <= 3'd0;
    end else if (take & last_patch_eq) begin
      patch_row_q <= last_patch_eq_l1 ? 3'd0 : patch_row_sum;
    end
  end

  always @(posedge clk) begin
    if (take) begin
      last_patch_q <= last_patch_eq & last_patch_eq_l1;
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

  wire unused_ok = &{1'b0, dilation_sel[3:2], held_now[6], freed_q[6], need_x_sel[5:4], need_y_ext[6],
      need_y_sel[7:6], d_axis_tlast, s_axis_tlast};

endmodule

`default_nettype wire
