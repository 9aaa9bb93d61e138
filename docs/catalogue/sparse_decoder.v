// nl_skid_buffer_u4x8
// block     skid_buffer: registers a stream in both directions
// computes  y[i] = x[i]
// config    lanes=4, else defaults
// niello    0.1.0, config 5c3dae4b03c87800
// in  s_axis: 4 x 8 bits unsigned a beat, with a last mark
// out m_axis: 4 x 8 bits unsigned a beat, with a last mark
`default_nettype none

module nl_skid_buffer_u4x8 (
  input  wire clk,
  input  wire rst,
  input  wire [31:0] s_axis_tdata,
  input  wire s_axis_tvalid,
  input  wire s_axis_tlast,
  output wire s_axis_tready,
  output wire [31:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg out_valid_q;
  reg skid_valid_q;
  reg [32:0] skid_q;
  reg [32:0] out_q;

  // output register; the skid place is used only while the output is blocked
  wire [32:0] skid_d = {s_axis_tlast, s_axis_tdata};
  wire out_valid_en = m_axis_tready | ~out_valid_q;
  assign s_axis_tready = ~skid_valid_q;
  assign m_axis_tdata = out_q[31:0];
  assign m_axis_tlast = out_q[32];

  assign m_axis_tvalid = out_valid_q;

  // output register; the skid place is used only while the output is blocked
  always @(posedge clk) begin
    if (rst) begin
      out_valid_q <= 1'd0;
    end else if (out_valid_en) begin
      out_valid_q <= s_axis_tvalid | skid_valid_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      skid_valid_q <= 1'd0;
    end else begin
      skid_valid_q <= ~out_valid_en & (s_axis_tvalid | skid_valid_q);
    end
  end

  always @(posedge clk) begin
    if (~skid_valid_q) begin
      skid_q <= skid_d;
    end
  end

  always @(posedge clk) begin
    if (out_valid_en) begin
      out_q <= skid_valid_q ? skid_q : skid_d;
    end
  end

endmodule

`default_nettype wire

// nl_sparse_decoder_64x1w8_h0f4c0f
// block     sparse_decoder: gives the elements of tensors that are written as bitmaps or coordinates of what is not zero
// computes  y[i] = the element that the code has at i, or 0
// config    defaults
// niello    0.1.0, config 717cfce7260f4c0f
// taken     2 elements a cycle
// in  s_axis: 4 x 8 bits unsigned a beat, with a last mark
// out m_axis: 1 x 8 bits signed a beat, with a last mark
// out m_report: 2 x 32 bits unsigned a beat
`default_nettype none

module nl_sparse_decoder_64x1w8_h0f4c0f (
  input  wire clk,
  input  wire rst,
  input  wire [31:0] s_axis_tdata,
  input  wire s_axis_tvalid,
  input  wire s_axis_tlast,
  output wire s_axis_tready,
  output wire [7:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready,
  output wire [63:0] m_report_tdata,
  output wire m_report_tvalid,
  input  wire m_report_tready
);

  reg [4:0] at_q;
  reg [31:0] low_q;
  reg low_valid_q;
  reg low_last_q;
  reg past_q;
  reg far_past_q;
  reg [4:0] rows_taken_q;
  reg rows_close_q;
  reg turn_q;
  reg [31:0] view_q;
  reg header_p1_q;
  reg last_q;
  reg reserved_q;
  reg pairs_q;
  reg [5:0] size_q;
  reg planned_q;
  reg [6:0] count_q;
  reg stepping_q;
  reg [5:0] steps_left_q;
  reg step_last_q;
  reg [5:0] last_by_q;
  reg [5:0] step_by_q;
  reg [1:0] last_mask_q;
  reg step_first_q;
  reg [5:0] size_less_q;
  reg part_p1_q;
  reg part_first_p1_q;
  reg flags_valid_q;
  reg bitmap_there_q;
  reg [4:0] group_q;
  reg [31:0] bitmap_q;
  reg parts_some_q;
  reg parts_first_valid_q;
  reg parts_read_valid_q;
  reg [31:0] parts_q;
  reg [31:0] parts_read_q;
  reg [31:0] parts_first_q;
  reg [1:0] flags_mask_q;
  reg [5:0] flags_by_q;
  reg flags_last_q;
  reg drain_q;
  reg rest_wrong_p1_q;
  reg rest_counts_p1_q;
  reg pairs_at_p1_q;
  reg values_at_p1_q;
  reg [1:0] mask_p1_q;
  reg row_first_p1_q;
  reg fin_p1_q;
  reg end_p1_q;
  reg header_wrong_q;
  reg [5:0] index_before_q;
  reg good0_q;
  reg good1_q;
  reg place0_q;
  reg place1_q;
  reg [7:0] value0_q;
  reg [7:0] value1_q;
  reg [4:0] group0_q;
  reg [4:0] group1_q;
  reg row_end_q;
  reg row_fin_q;
  reg row_at_q;
  reg row_pairs_q;
  reg [1:0] asked_q;
  reg broke_q;
  reg row_begins_q;
  reg row_end_wrong_q;
  reg row_ends_q;
  reg row_there_q;
  reg [46:0] row_q;
  reg [4:0] rows_some_q;
  reg rows_first_valid_q;
  reg rows_read_valid_q;
  reg [3:0] rows_wr_q;
  reg [3:0] rows_rd_q;
  reg [46:0] rows_first_q;
  reg beats_less_q;
  reg placed_valid_q;
  reg report_valid_q;
  reg [4:0] group_now_q;
  reg [31:0] counted_q;
  reg [31:0] blocks_q;
  reg [31:0] malformed_q;
  reg [63:0] report_q;
  reg here0_q;
  reg here1_q;
  reg lane0_q;
  reg lane1_q;
  reg [7:0] placed0_q;
  reg [7:0] placed1_q;
  reg given_q;
  reg given_last_q;
  reg given_beats_less_q;
  reg [15:0] so_far_q;
  reg beats_valid_q;
  reg [15:0] beats_q;
  reg beats_last_of_frame_q;
  wire s_axis_ready;
  wire [31:0] ahead_m_axis_tdata;
  wire ahead_m_axis_tvalid;
  wire low_last_d;
  reg [46:0] rows_q;
  reg [46:0] rows [0:15];

  // words, and a place in them; a header
  wire [4:0] rows_taken_up = rows_taken_q + 5'd1;
  wire [4:0] rows_taken_down = rows_taken_q - 5'd1;
  wire may = (past_q | (low_valid_q & (low_last_q | ahead_m_axis_tvalid))) & ~rows_close_q;
  wire turns = turn_q & may;
  wire [63:0] cat = {(low_last_q ? 32'h0 : ahead_m_axis_tdata), low_q};
  wire [46:0] sel = at_q[4] ? cat[62:16] : cat[46:0];
  wire [38:0] sel_l1 = at_q[3] ? sel[46:8] : sel[38:0];
  wire [34:0] view_sel_sel = at_q[2] ? sel_l1[38:4] : sel_l1[34:0];
  wire [32:0] view_sel = at_q[1] ? view_sel_sel[34:2] : view_sel_sel[32:0];
  wire ends = (last_q | reserved_q) | (past_q & ((|at_q) | far_past_q));
  wire end_go = turns & ends;
  wire pairs_d = view_q[1] | view_q[2];
  wire [5:0] last_by_sum = {1'd0, size_q[4:0]} + 6'd1;
  wire some_pairs = (|count_q) & ~reserved_q;
  wire [6:0] pairs_less = count_q - 7'd1;
  wire pairs_less_l1 = count_q[0] - 1'd1;
  wire [5:0] last_by_d = pairs_q ? (some_pairs ? (pairs_less_l1 ? 6'd28 : 6'd14) : 6'd0) : last_by_sum;
  wire header_go = turns & ~ends;

  // steps of known sizes: parts of a bitmap, or rows of pairs
  wire step = stepping_q & may;
  wire [5:0] steps_left_less = steps_left_q - 6'd1;
  wire [5:0] steps_next = planned_q ? (pairs_q ? (some_pairs ? pairs_less[6:1] : 6'd0) : {5'd0, size_q[5]}) :
      steps_left_less;

  // elements of a bitmap, as many as it says
  wire at_next_sel_and = flags_valid_q & ~stepping_q;
  wire values_go = at_next_sel_and & may;
  wire flags_free = ~flags_valid_q | values_go;
  wire group_last = group_q == size_less_q[5:1];
  wire part_last = ~group_last & (&(group_q[3:0]));
  wire goes_on = ~part_last | parts_first_valid_q;
  wire feeds = (bitmap_there_q & flags_free) & goes_on;
  wire [4:0] group_next = group_q + 5'd1;
  wire used_up = feeds & part_last;
  wire parts_en = part_p1_q & ~part_first_p1_q;
  wire parts_some_up = parts_some_q + 1'd1;
  wire parts_some_down = parts_some_q - 1'd1;
  wire parts_first_free = ~parts_first_valid_q | used_up;
  wire parts_read_free = ~parts_read_valid_q | parts_first_free;
  wire parts_fetch = parts_read_free & parts_some_q;
  wire begins = part_p1_q & part_first_p1_q;
  wire refills = begins | used_up;
  wire [1:0] group_flags = bitmap_q[1:0] & {(~group_last | (size_less_q[0] >= 1'd1)), 1'd1};
  wire [1:0] flags_by_sum = {1'd0, group_flags[0]} + {1'd0, group_flags[1]};
  reg [5:0] flags_by_d;
  always @* begin
    case (flags_by_sum)
      2'd0: flags_by_d = 6'd0;
      2'd1: flags_by_d = 6'd8;
      default: flags_by_d = 6'd16;
    endcase
  end

  // the place goes on
  wire drained = drain_q & (low_valid_q & low_last_q);
  wire pairs_go = step & pairs_q;
  wire last_of_block = stepping_q ? step_last_q : flags_last_q;
  wire block_done = (pairs_go | values_go) & last_of_block;
  wire [5:0] at_next_sel = at_next_sel_and ? flags_by_q : step_by_q;
  wire word_crosses_or = (planned_q | step) | values_go;
  wire [5:0] at_next = {1'd0, at_q} + at_next_sel;
  wire [4:0] at_next_l1 = at_q + at_next_sel[4:0];
  wire word_crosses = word_crosses_or & at_next[5];
  wire word_passes = (word_crosses & low_valid_q) & low_last_q;
  wire word_loads = (((word_crosses & low_valid_q) & ~low_last_q) | (low_valid_q & (end_go | drain_q))) |
      (~low_valid_q & (~past_q | end_go));

  // what was taken, when its bits are in the view
  wire takes_place = (pairs_go | values_go) | end_go;

  // rows of elements with their indices
  wire [1:0] place1_ext = {1'd0, mask_p1_q[0]};
  wire broken_before = (row_pairs_q & ~row_begins_q) & broke_q;
  wire row_and = ~broken_before & good0_q;
  wire row_and_l1 = row_and & good1_q;
  wire broken = row_pairs_q & ((broken_before | (asked_q[0] & ~row_and)) | (asked_q[1] & ~row_and_l1));

  // beats of a group
  wire beat_gone = beats_valid_q & m_axis_tready;
  wire beats_free = ~beats_valid_q | (beat_gone & ~beats_less_q);
  wire placed = ~given_q | beats_free;

  // a group of places a cycle
  wire placed_free = ~placed_valid_q | placed;
  wire report_free = ~report_valid_q | m_report_tready;
  wire may_place = (rows_first_valid_q & placed_free) & report_free;
  wire hit = rows_first_q[2] | (rows_first_q[46:42] == group_now_q);
  wire [5:0] counted_next_sum_bits = rows_first_q[11:6];
  wire at_end = group_now_q == counted_next_sum_bits[5:1];
  wire row_taken = may_place & (rows_first_q[0] | (rows_first_q[4] ? at_end : hit));

  // rows of elements with their indices
  wire row_goes = row_taken;
  wire [4:0] rows_some_up = rows_some_q + 5'd1;
  wire [4:0] rows_some_down = rows_some_q - 5'd1;
  wire rows_first_free = ~rows_first_valid_q | row_goes;
  wire rows_read_free = ~rows_read_valid_q | rows_first_free;
  wire rows_fetch = rows_read_free & (|rows_some_q);
  wire [3:0] rows_wr_inc = rows_wr_q + 4'd1;
  wire [3:0] rows_rd_inc = rows_rd_q + 4'd1;

  // a group of places a cycle
  wire [1:0] here1_bits = rows_first_q[13:12];
  wire gives = ~rows_first_q[0] & ((rows_first_q[4] | ~hit) | (rows_first_q[3] & ~at_end));
  wire [4:0] group_after = group_now_q + 5'd1;
  wire block_ends = rows_first_q[4] & at_end;

  // what a tensor was: its elements, and the first of its blocks that is malformed
  wire [31:0] block_number_sum = blocks_q + 32'h1;
  wire [31:0] block_number = (&blocks_q) ? blocks_q : block_number_sum;
  wire [32:0] counted_next_sum = {1'd0, counted_q} + {27'd0, counted_next_sum_bits};
  wire [31:0] counted_next = counted_next_sum[31:0] + 32'h1;
  wire counts = may_place & (block_ends | rows_first_q[0]);
  wire [31:0] report_sel = (rows_first_q[1] & ~(|malformed_q)) ? (rows_first_q[0] ? blocks_q : block_number) :
      malformed_q;
  wire reports = may_place & rows_first_q[0];

  // elements of this group to their places
  wire steps_on = may_place & ~rows_first_q[0];
  wire elements_and = here0_q & (lane0_q == 1'd0);
  wire elements_and_l1 = here1_q & (lane1_q == 1'd0);
  wire elements_and_l2 = here0_q & (lane0_q == 1'd1);
  wire elements_and_l3 = here1_q & (lane1_q == 1'd1);
  wire [15:0] elements = so_far_q | {(({elements_and_l2, elements_and_l2, elements_and_l2, elements_and_l2,
      elements_and_l2, elements_and_l2, elements_and_l2, elements_and_l2} & placed0_q) | ({elements_and_l3,
      elements_and_l3, elements_and_l3, elements_and_l3, elements_and_l3, elements_and_l3, elements_and_l3,
      elements_and_l3} & placed1_q)), (({elements_and, elements_and, elements_and, elements_and, elements_and,
      elements_and, elements_and, elements_and} & placed0_q) | ({elements_and_l1, elements_and_l1,
      elements_and_l1, elements_and_l1, elements_and_l1, elements_and_l1, elements_and_l1, elements_and_l1} &
      placed1_q))};
  wire placed_moves = placed_valid_q & placed;

  // beats of a group
  wire beats_load = (placed_valid_q & given_q) & beats_free;
  wire beats_less_next = beats_less_q - 1'd1;
  assign m_axis_tdata = beats_q[7:0];
  assign m_axis_tlast = ~beats_less_q & beats_last_of_frame_q;

  // rows of elements with their indices
  always @(posedge clk) if (row_there_q) begin
    rows[rows_wr_q] <= row_q;
  end
  always @(posedge clk) if (rows_fetch) begin
    rows_q <= rows[rows_rd_q];
  end

  // words, and a place in them; a header
  nl_skid_buffer_u4x8 u_ahead (
    .clk(clk),
    .rst(rst),
    .s_axis_tdata(s_axis_tdata),
    .s_axis_tvalid(s_axis_tvalid),
    .s_axis_tlast(s_axis_tlast),
    .s_axis_tready(s_axis_ready),
    .m_axis_tdata(ahead_m_axis_tdata),
    .m_axis_tvalid(ahead_m_axis_tvalid),
    .m_axis_tlast(low_last_d),
    .m_axis_tready(word_loads)
  );

  assign s_axis_tready = s_axis_ready;
  assign m_axis_tvalid = beats_valid_q;
  assign m_report_tdata = report_q;
  assign m_report_tvalid = report_valid_q;

  // words, and a place in them; a header
  always @(posedge clk) begin
    if (rst) begin
      at_q <= 5'd0;
    end else if (word_crosses_or | end_go) begin
      at_q <= end_go ? 5'd0 : at_next_l1;
    end
  end

  always @(posedge clk) begin
    if (word_loads | word_passes) begin
      low_q <= word_passes ? 32'h0 : ahead_m_axis_tdata;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      low_valid_q <= 1'd0;
    end else if (word_loads | word_passes) begin
      low_valid_q <= word_loads & ahead_m_axis_tvalid;
    end
  end

  always @(posedge clk) begin
    if (word_loads) begin
      low_last_q <= low_last_d;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      past_q <= 1'd0;
    end else if (word_passes | end_go) begin
      past_q <= word_passes;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      far_past_q <= 1'd0;
    end else if ((word_crosses & past_q) | end_go) begin
      far_past_q <= ~end_go;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      rows_taken_q <= 5'd0;
    end else if (takes_place ^ rows_fetch) begin
      rows_taken_q <= takes_place ? rows_taken_up : rows_taken_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      rows_close_q <= 1'd0;
      header_p1_q <= 1'd0;
      planned_q <= 1'd0;
    end else begin
      rows_close_q <= rows_taken_q >= 5'd15;
      header_p1_q <= header_go;
      planned_q <= header_p1_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      turn_q <= 1'd1;
    end else if ((turns | block_done) | drained) begin
      turn_q <= (block_done | drained) | (end_go & ~(~past_q & ~low_last_q));
    end
  end

  always @(posedge clk) begin
    view_q <= at_q[0] ? view_sel[32:1] : view_sel[31:0];
  end

  always @(posedge clk) begin
    if (rst) begin
      last_q <= 1'd0;
    end else if (header_p1_q | end_go) begin
      last_q <= view_q[0] & ~end_go;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      reserved_q <= 1'd0;
    end else if (header_p1_q | end_go) begin
      reserved_q <= view_q[2] & ~end_go;
    end
  end

  always @(posedge clk) begin
    if (header_p1_q) begin
      pairs_q <= pairs_d;
      size_q <= view_q[0] ? view_q[8:3] : 6'd63;
      count_q <= view_q[0] ? view_q[15:9] : view_q[9:3];
    end
  end

  // steps of known sizes: parts of a bitmap, or rows of pairs
  always @(posedge clk) begin
    if (rst) begin
      stepping_q <= 1'd0;
    end else if (planned_q | step) begin
      stepping_q <= planned_q | ~step_last_q;
    end
  end

  always @(posedge clk) begin
    if (planned_q | step) begin
      steps_left_q <= steps_next;
    end
  end

  always @(posedge clk) begin
    if (planned_q | step) begin
      step_last_q <= ~(|steps_next);
    end
  end

  always @(posedge clk) begin
    if (planned_q) begin
      last_by_q <= last_by_d;
      last_mask_q <= {(some_pairs & (pairs_less_l1 >= 1'd1)), some_pairs};
      size_less_q <= size_q;
    end
  end

  always @(posedge clk) begin
    if ((header_p1_q | planned_q) | step) begin
      step_by_q <= header_p1_q ? (pairs_d ? (view_q[0] ? 6'd16 : 6'd10) : (view_q[0] ? 6'd9 : 6'd3)) :
      (~(|steps_next) ? (planned_q ? last_by_d : last_by_q) : (pairs_q ? 6'd28 : 6'd32));
    end
  end

  always @(posedge clk) begin
    if (planned_q | step) begin
      step_first_q <= planned_q;
    end
  end

  // elements of a bitmap, as many as it says
  always @(posedge clk) begin
    if (rst) begin
      part_p1_q <= 1'd0;
    end else begin
      part_p1_q <= step & ~pairs_q;
    end
  end

  always @(posedge clk) begin
    part_first_p1_q <= step_first_q;
  end

  always @(posedge clk) begin
    if (rst) begin
      flags_valid_q <= 1'd0;
    end else if (flags_free) begin
      flags_valid_q <= bitmap_there_q & goes_on;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      bitmap_there_q <= 1'd0;
    end else if (refills | feeds) begin
      bitmap_there_q <= begins | (feeds & ~group_last);
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      group_q <= 5'd0;
    end else if (feeds) begin
      group_q <= group_last ? 5'd0 : group_next;
    end
  end

  always @(posedge clk) begin
    if (refills | feeds) begin
      bitmap_q <= refills ? (part_first_p1_q ? view_q : parts_first_q) : {2'd0, bitmap_q[31:2]};
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      parts_some_q <= 1'd0;
    end else if (parts_en ^ parts_fetch) begin
      parts_some_q <= parts_en ? parts_some_up : parts_some_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      parts_first_valid_q <= 1'd0;
    end else if (parts_first_free) begin
      parts_first_valid_q <= parts_read_valid_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      parts_read_valid_q <= 1'd0;
    end else if (parts_read_free) begin
      parts_read_valid_q <= parts_some_q;
    end
  end

  always @(posedge clk) begin
    if (parts_en) begin
      parts_q <= view_q;
    end
  end

  always @(posedge clk) begin
    if (parts_fetch) begin
      parts_read_q <= parts_q;
    end
  end

  always @(posedge clk) begin
    if (parts_first_free) begin
      parts_first_q <= parts_read_q;
    end
  end

  always @(posedge clk) begin
    if (feeds) begin
      flags_mask_q <= group_flags;
      flags_by_q <= flags_by_d;
      flags_last_q <= group_last;
    end
  end

  // the place goes on
  always @(posedge clk) begin
    if (rst) begin
      drain_q <= 1'd0;
    end else if (end_go | drained) begin
      drain_q <= end_go & (~past_q & ~low_last_q);
    end
  end

  // what was taken, when its bits are in the view
  always @(posedge clk) begin
    rest_wrong_p1_q <= (past_q & ((|at_q) | far_past_q)) | (~past_q & ~(low_last_q & (|at_q)));
    rest_counts_p1_q <= ~reserved_q;
    mask_p1_q <= stepping_q ? (step_last_q ? last_mask_q : 2'd3) : flags_mask_q;
    row_first_p1_q <= step_first_q;
    fin_p1_q <= last_of_block;
  end

  always @(posedge clk) begin
    if (rst) begin
      pairs_at_p1_q <= 1'd0;
      values_at_p1_q <= 1'd0;
      end_p1_q <= 1'd0;
    end else begin
      pairs_at_p1_q <= pairs_go;
      values_at_p1_q <= values_go;
      end_p1_q <= end_go;
    end
  end

  always @(posedge clk) begin
    if (planned_q) begin
      header_wrong_q <= reserved_q;
    end
  end

  // rows of elements with their indices
  always @(posedge clk) begin
    if (pairs_at_p1_q) begin
      index_before_q <= view_q[19:14];
    end
  end

  always @(posedge clk) begin
    good0_q <= values_at_p1_q ? (mask_p1_q[0] | (mask_p1_q[1] & (place1_ext == 2'd0))) : ((mask_p1_q[0] &
      (row_first_p1_q | (index_before_q < view_q[5:0]))) & (size_less_q >= view_q[5:0]));
    good1_q <= values_at_p1_q ? (mask_p1_q[1] & (place1_ext == 2'd1)) : ((mask_p1_q[1] &
      (view_q[5:0] < view_q[19:14])) & (size_less_q >= view_q[19:14]));
    place0_q <= values_at_p1_q ? (mask_p1_q[1] & (place1_ext == 2'd0)) : view_q[0];
    place1_q <= values_at_p1_q ? (mask_p1_q[1] & (place1_ext == 2'd1)) : view_q[14];
    value0_q <= values_at_p1_q ? view_q[7:0] : view_q[13:6];
    value1_q <= values_at_p1_q ? view_q[15:8] : view_q[27:20];
    group0_q <= view_q[5:1];
    group1_q <= view_q[19:15];
    row_fin_q <= fin_p1_q;
    asked_q <= mask_p1_q;
    row_begins_q <= row_first_p1_q;
    row_end_wrong_q <= rest_counts_p1_q & (rest_wrong_p1_q | (|view_q));
    row_ends_q <= ends;
    row_q <= {(row_and_l1 ? group1_q : group0_q), group1_q, group0_q, value1_q, value0_q, place1_q, place0_q,
      {row_and_l1, row_and}, size_less_q, row_ends_q, row_fin_q, (~row_pairs_q | (row_and_l1 ? place1_q :
      (row_and ? place0_q : 1'd0))), (~row_pairs_q | ~row_and), (row_end_q ? row_end_wrong_q : (row_fin_q &
      (header_wrong_q | broken))), row_end_q};
  end

  always @(posedge clk) begin
    if (rst) begin
      row_end_q <= 1'd0;
      row_at_q <= 1'd0;
      row_pairs_q <= 1'd0;
      row_there_q <= 1'd0;
    end else begin
      row_end_q <= end_p1_q;
      row_at_q <= (pairs_at_p1_q | values_at_p1_q) | end_p1_q;
      row_pairs_q <= pairs_at_p1_q;
      row_there_q <= row_at_q;
    end
  end

  always @(posedge clk) begin
    if (row_pairs_q) begin
      broke_q <= broken;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      rows_some_q <= 5'd0;
    end else if (row_there_q ^ rows_fetch) begin
      rows_some_q <= row_there_q ? rows_some_up : rows_some_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      rows_first_valid_q <= 1'd0;
    end else if (rows_first_free) begin
      rows_first_valid_q <= rows_read_valid_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      rows_read_valid_q <= 1'd0;
    end else if (rows_read_free) begin
      rows_read_valid_q <= |rows_some_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      rows_wr_q <= 4'd0;
    end else if (row_there_q) begin
      rows_wr_q <= rows_wr_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      rows_rd_q <= 4'd0;
    end else if (rows_fetch) begin
      rows_rd_q <= rows_rd_inc;
    end
  end

  always @(posedge clk) begin
    if (rows_first_free) begin
      rows_first_q <= rows_q;
    end
  end

  // a group of places a cycle
  always @(posedge clk) begin
    if (beats_load | beat_gone) begin
      beats_less_q <= beats_load ? given_beats_less_q : beats_less_next;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      placed_valid_q <= 1'd0;
    end else if (placed_free) begin
      placed_valid_q <= (rows_first_valid_q & report_free) & ~rows_first_q[0];
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      report_valid_q <= 1'd0;
    end else if (report_free) begin
      report_valid_q <= reports;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      group_now_q <= 5'd0;
    end else if (may_place & gives) begin
      group_now_q <= at_end ? 5'd0 : group_after;
    end
  end

  // what a tensor was: its elements, and the first of its blocks that is malformed
  always @(posedge clk) begin
    if (rst) begin
      counted_q <= 32'h0;
      blocks_q <= 32'h0;
      malformed_q <= 32'h0;
    end else if (counts) begin
      counted_q <= rows_first_q[0] ? 32'h0 : counted_next;
      blocks_q <= rows_first_q[0] ? 32'h0 : block_number;
      malformed_q <= rows_first_q[0] ? 32'h0 : report_sel;
    end
  end

  always @(posedge clk) begin
    if (reports) begin
      report_q <= {report_sel, counted_q};
    end
  end

  // elements of this group to their places
  always @(posedge clk) begin
    if (steps_on) begin
      here0_q <= rows_first_q[12] & (rows_first_q[2] | (rows_first_q[36:32] == group_now_q));
      here1_q <= here1_bits[1] & (rows_first_q[2] | (rows_first_q[41:37] == group_now_q));
      lane0_q <= rows_first_q[14];
      lane1_q <= rows_first_q[15];
      placed0_q <= rows_first_q[23:16];
      placed1_q <= rows_first_q[31:24];
      given_q <= gives;
      given_last_q <= block_ends & rows_first_q[5];
      given_beats_less_q <= at_end ? rows_first_q[6] : 1'd1;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      so_far_q <= 16'd0;
    end else if (placed_moves) begin
      so_far_q <= given_q ? 16'd0 : elements;
    end
  end

  // beats of a group
  always @(posedge clk) begin
    if (rst) begin
      beats_valid_q <= 1'd0;
    end else if (beats_load | beat_gone) begin
      beats_valid_q <= beats_load | beats_less_q;
    end
  end

  always @(posedge clk) begin
    if (beats_load | beat_gone) begin
      beats_q <= beats_load ? elements : {8'd0, beats_q[15:8]};
    end
  end

  always @(posedge clk) begin
    if (beats_load) begin
      beats_last_of_frame_q <= given_last_q;
    end
  end

  wire unused_ok = &{1'b0, counted_next_sum[32], here1_bits[0], at_next[4:0], pairs_less[0], cat[63]};

endmodule

`default_nettype wire
