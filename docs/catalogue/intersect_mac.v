// nl_skid_buffer_u8x8
// block     skid_buffer: registers a stream in both directions
// computes  y[i] = x[i]
// config    lanes=8, else defaults
// niello    0.1.0, config 86e4d65b6453a78c
// in  s_axis: 8 x 8 bits unsigned a beat, with a last mark
// out m_axis: 8 x 8 bits unsigned a beat, with a last mark
`default_nettype none

module nl_skid_buffer_u8x8 (
  input  wire clk,
  input  wire rst,
  input  wire [63:0] s_axis_tdata,
  input  wire s_axis_tvalid,
  input  wire s_axis_tlast,
  output wire s_axis_tready,
  output wire [63:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg out_valid_q;
  reg skid_valid_q;
  reg [64:0] skid_q;
  reg [64:0] out_q;

  // output register; the skid place is used only while the output is blocked
  wire [64:0] skid_d = {s_axis_tlast, s_axis_tdata};
  wire out_valid_en = m_axis_tready | ~out_valid_q;
  assign s_axis_tready = ~skid_valid_q;
  assign m_axis_tdata = out_q[63:0];
  assign m_axis_tlast = out_q[64];

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

// nl_intersect_mac_operand_16of1x2_hybrid64_w8_64
// computes  bitmaps of blocks and elements behind each other, of the code of a sparse operand
// in  s_axis: 8 x 8 bits unsigned a beat, with a last mark
// out m_report: 2 x 12 bits unsigned a beat
`default_nettype none

module nl_intersect_mac_operand_16of1x2_hybrid64_w8_64 (
  input  wire clk,
  input  wire rst,
  input  wire [63:0] s_axis_tdata,
  input  wire s_axis_tvalid,
  input  wire s_axis_tlast,
  output wire s_axis_tready,
  output wire [23:0] m_report_tdata,
  output wire m_report_tvalid,
  input  wire m_report_tready,
  input  wire freed_i,
  output wire whole_o,
  output wire value_at_o,
  output wire [11:0] value_to_o,
  output wire [7:0] value_o,
  output wire row_at_o,
  output wire [5:0] row_to_o,
  output wire [75:0] row_o
);

  reg [5:0] at_q;
  reg [63:0] low_q;
  reg low_valid_q;
  reg low_last_q;
  reg past_q;
  reg far_past_q;
  reg [1:0] matrices_q;
  reg [2:0] reports_taken_q;
  reg closing_q;
  reg matrices_close_q;
  reg turn_q;
  reg [63:0] view_q;
  reg header_p1_q;
  reg last_q;
  reg reserved_q;
  reg pairs_q;
  reg [5:0] size_q;
  reg planned_q;
  reg [6:0] count_q;
  reg stepping_q;
  reg [6:0] steps_left_q;
  reg step_last_q;
  reg [6:0] last_by_q;
  reg [6:0] step_by_q;
  reg last_mask_q;
  reg step_first_q;
  reg [5:0] size_less_q;
  reg part_p1_q;
  reg flags_valid_q;
  reg lowest_valid_q;
  reg bitmap_begins_q;
  reg [63:0] bitmap_inside_q;
  reg [63:0] bitmap_q;
  reg [63:0] lowest_q;
  reg lowest_is_q;
  reg flags_mask_q;
  reg [6:0] flags_by_q;
  reg flags_last_q;
  reg [5:0] flags_index_q;
  reg drain_q;
  reg rest_wrong_p1_q;
  reg rest_counts_p1_q;
  reg pairs_at_p1_q;
  reg values_at_p1_q;
  reg mask_p1_q;
  reg [5:0] index_p1_q;
  reg row_first_p1_q;
  reg fin_p1_q;
  reg end_p1_q;
  reg header_wrong_q;
  reg [5:0] blocks_seen_q;
  reg [5:0] index_before_q;
  reg good0_q;
  reg [7:0] value0_q;
  reg [5:0] group0_q;
  reg row_end_q;
  reg row_fin_q;
  reg row_at_q;
  reg row_pairs_q;
  reg asked_q;
  reg broke_q;
  reg row_begins_q;
  reg row_end_wrong_q;
  reg row_ends_q;
  reg row_there_q;
  reg [33:0] row_q;
  reg [11:0] served_q;
  reg [5:0] block_q;
  reg [6:0] malformed_q;
  reg [6:0] last_block_q;
  reg [2:0] reports_some_q;
  reg reports_first_valid_q;
  reg reports_read_valid_q;
  reg [1:0] reports_wr_q;
  reg [1:0] reports_rd_q;
  reg [23:0] reports_first_q;
  reg filling_q;
  reg blocks_beyond_p1_q;
  reg blocks_beyond_p2_q;
  reg block_of_line_q;
  reg [3:0] line_q;
  reg complete_before_p1_q;
  reg complete_before_p2_q;
  reg matrix_q;
  reg whole_p1_q;
  reg whole_p2_q;
  reg [11:0] value_to_q;
  reg [11:0] line_base_q;
  reg value_at_q;
  reg [11:0] value_goes_q;
  reg [7:0] value_q;
  reg [11:0] block_from_q;
  reg [63:0] flag_q;
  reg block_is_done_q;
  reg [63:0] bitmap_so_far_q;
  reg [5:0] row_to_q;
  reg [5:0] row_base_q;
  reg row_written_q;
  reg [5:0] row_goes_p1_q;
  reg [5:0] row_goes_p2_q;
  reg [11:0] block_begins_q;
  reg [75:0] row_of_block_q;
  wire s_axis_ready;
  wire [63:0] ahead_m_axis_tdata;
  wire ahead_m_axis_tvalid;
  wire low_last_d;
  reg [23:0] reports_q;
  reg [23:0] reports [0:3];

  // the code is taken apart, where a matrix has a place
  wire [1:0] matrices_up = matrices_q + 2'd1;
  wire [1:0] matrices_down = matrices_q - 2'd1;
  wire [2:0] reports_taken_up = reports_taken_q + 3'd1;
  wire [2:0] reports_taken_down = reports_taken_q - 3'd1;

  // which block, of which line and PE
  wire block_comes = ((row_there_q & row_q[4]) & ~row_q[0]) & ~blocks_beyond_p2_q;
  wire block_over = block_comes | filling_q;
  wire block_of_line_last = block_of_line_q == 1'd1;
  wire line_ends = block_over & block_of_line_last;
  wire pes_turn = line_ends;
  wire line_last = line_q == 4'd15;
  wire complete = pes_turn & line_last;

  // the code is taken apart, where a matrix has a place
  wire filled = complete;
  wire may = (past_q | (low_valid_q & (low_last_q | ahead_m_axis_tvalid))) & ~matrices_close_q;
  wire turns = turn_q & may;
  wire [127:0] cat = {(low_last_q ? 64'h0 : ahead_m_axis_tdata), low_q};
  wire [94:0] sel = at_q[5] ? cat[126:32] : cat[94:0];
  wire [78:0] sel_l1 = at_q[4] ? sel[94:16] : sel[78:0];
  wire [70:0] sel_l2 = at_q[3] ? sel_l1[78:8] : sel_l1[70:0];
  wire [66:0] view_sel_sel = at_q[2] ? sel_l2[70:4] : sel_l2[66:0];
  wire [64:0] view_sel = at_q[1] ? view_sel_sel[66:2] : view_sel_sel[64:0];
  wire ends = (last_q | reserved_q) | (past_q & ((|at_q) | far_past_q));
  wire end_go = turns & ends;
  wire pairs_d = view_q[1] | view_q[2];
  wire [6:0] last_by_sum = {1'd0, size_q} + 7'd1;
  wire some_pairs = (|count_q) & ~reserved_q;
  wire [6:0] pairs_less = count_q - 7'd1;
  wire [6:0] last_by_d = pairs_q ? (some_pairs ? 7'd14 : 7'd0) : last_by_sum;
  wire header_go = turns & ~ends;

  // steps of known sizes: parts of a bitmap, or rows of pairs
  wire step = stepping_q & may;
  wire [6:0] steps_left_less = steps_left_q - 7'd1;
  wire [6:0] steps_next = planned_q ? (pairs_q ? (some_pairs ? pairs_less : 7'd0) : 7'd0) : steps_left_less;

  // elements of a bitmap, as many as it says
  wire at_next_sel_and = flags_valid_q & ~stepping_q;
  wire values_go = at_next_sel_and & may;
  wire flags_free = ~flags_valid_q | values_go;
  wire lowest_free = ~lowest_valid_q | flags_free;
  wire bitmap_some = |bitmap_q;
  wire feeds = (bitmap_begins_q | bitmap_some) & lowest_free;
  wire [63:0] bitmap_less = bitmap_q - 64'h1;
  wire lowest_moves = lowest_valid_q & flags_free;

  // the place goes on
  wire drained = drain_q & (low_valid_q & low_last_q);
  wire pairs_go = step & pairs_q;
  wire last_of_block = stepping_q ? step_last_q : flags_last_q;
  wire block_done = (pairs_go | values_go) & last_of_block;
  wire [6:0] at_next_sel = at_next_sel_and ? flags_by_q : step_by_q;
  wire word_crosses_or = (planned_q | step) | values_go;
  wire [6:0] at_next = {1'd0, at_q} + at_next_sel;
  wire [5:0] at_next_l1 = at_q + at_next_sel[5:0];
  wire word_crosses = word_crosses_or & at_next[6];
  wire word_passes = (word_crosses & low_valid_q) & low_last_q;
  wire word_loads = (((word_crosses & low_valid_q) & ~low_last_q) | (low_valid_q & (end_go | drain_q))) |
      (~low_valid_q & (~past_q | end_go));

  // what was taken, when its bits are in the view
  wire blocks_all = blocks_seen_q == 6'd32;
  wire [5:0] blocks_next = blocks_seen_q + 6'd1;
  wire lacks = end_p1_q & ~blocks_all;
  wire broken_before = (row_pairs_q & ~row_begins_q) & broke_q;
  wire row_and = ~broken_before & good0_q;
  wire broken = row_pairs_q & (broken_before | (asked_q & ~row_and));
  wire [5:0] flag_bits = row_q[27:22];
  wire block_ends = (row_there_q & row_q[4]) & ~row_q[0];
  wire code_ends = row_there_q & row_q[0];
  wire served_all = served_q == 12'd2048;
  wire [12:0] served_next_sum = {1'd0, served_q} + {7'd0, row_q[11:6]};
  wire [11:0] served_next = served_next_sum[11:0] + 12'd1;
  wire [5:0] block_number = block_q + 6'd1;
  wire [6:0] block_name = {1'd0, block_q} + 7'd1;
  wire [6:0] malformed_next = ((row_q[1] | (~row_q[0] & served_all)) & ~(|malformed_q)) ? (row_q[0] ?
      last_block_q : block_name) : malformed_q;
  wire [2:0] reports_some_up = reports_some_q + 3'd1;
  wire [2:0] reports_some_down = reports_some_q - 3'd1;
  wire reports_first_free = ~reports_first_valid_q | m_report_tready;
  wire reports_read_free = ~reports_read_valid_q | reports_first_free;
  wire reports_fetch = reports_read_free & (|reports_some_q);
  wire [1:0] reports_wr_inc = reports_wr_q + 2'd1;
  wire [1:0] reports_rd_inc = reports_rd_q + 2'd1;

  // which block, of which line and PE
  wire block_of_line_inc = block_of_line_q + 1'd1;
  wire [3:0] line_inc = line_q + 4'd1;
  wire code_comes_to_end = row_there_q & row_q[0];
  wire fills = code_comes_to_end & ~complete_before_p2_q;
  wire matrix_last = matrix_q == 1'd1;
  wire matrix_inc = matrix_q + 1'd1;
  wire wraps = complete & matrix_last;

  // elements, behind each other in their line
  wire element_there = ((row_there_q & row_q[12]) & ~row_q[0]) & ~blocks_beyond_p2_q;
  wire [11:0] line_base_next = line_base_q + 12'd128;
  wire [11:0] line_base_d = pes_turn ? (wraps ? 12'd0 : line_base_next) : line_base_q;
  wire [11:0] value_to_next = value_to_q + {11'd0, element_there};
  wire [11:0] value_to_d = line_ends ? line_base_d : value_to_next;

  // a block's bitmap, and where its elements begin
  wire [63:0] row_of_block_or = bitmap_so_far_q | (flag_q & {value_at_q, value_at_q, value_at_q, value_at_q,
      value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q,
      value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q,
      value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q,
      value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q,
      value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q,
      value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q,
      value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q,
      value_at_q, value_at_q, value_at_q, value_at_q});
  wire [5:0] row_to_next = row_to_q + 6'd1;
  wire [5:0] row_base_d = wraps ? 6'd0 : row_to_next;

  // what was taken, when its bits are in the view
  always @(posedge clk) if (code_ends) begin
    reports[reports_wr_q] <= {{5'd0, malformed_next}, served_q};
  end
  always @(posedge clk) if (reports_fetch) begin
    reports_q <= reports[reports_rd_q];
  end

  // the code is taken apart, where a matrix has a place
  nl_skid_buffer_u8x8 u_ahead (
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
  assign m_report_tdata = reports_first_q;
  assign m_report_tvalid = reports_first_valid_q;
  assign whole_o = whole_p2_q;
  assign value_at_o = value_at_q;
  assign value_to_o = value_goes_q;
  assign value_o = value_q;
  assign row_at_o = row_written_q;
  assign row_to_o = row_goes_p2_q;
  assign row_o = row_of_block_q;

  // the code is taken apart, where a matrix has a place
  always @(posedge clk) begin
    if (rst) begin
      at_q <= 6'd0;
    end else if (word_crosses_or | end_go) begin
      at_q <= end_go ? 6'd0 : at_next_l1;
    end
  end

  always @(posedge clk) begin
    if (word_loads | word_passes) begin
      low_q <= word_passes ? 64'h0 : ahead_m_axis_tdata;
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
      matrices_q <= 2'd0;
    end else if (end_p1_q ^ freed_i) begin
      matrices_q <= end_p1_q ? matrices_up : matrices_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      reports_taken_q <= 3'd0;
    end else if (end_p1_q ^ reports_fetch) begin
      reports_taken_q <= end_p1_q ? reports_taken_up : reports_taken_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      closing_q <= 1'd0;
    end else if (lacks | filled) begin
      closing_q <= lacks;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      matrices_close_q <= 1'd0;
      header_p1_q <= 1'd0;
      planned_q <= 1'd0;
    end else begin
      matrices_close_q <= ((matrices_q == 2'd2) | (reports_taken_q == 3'd4)) | closing_q;
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
    view_q <= at_q[0] ? view_sel[64:1] : view_sel[63:0];
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
      last_mask_q <= some_pairs;
      size_less_q <= size_q;
    end
  end

  always @(posedge clk) begin
    if ((header_p1_q | planned_q) | step) begin
      step_by_q <= header_p1_q ? (pairs_d ? (view_q[0] ? 7'd16 : 7'd10) : (view_q[0] ? 7'd9 : 7'd3)) :
      (~(|steps_next) ? (planned_q ? last_by_d : last_by_q) : (pairs_q ? 7'd14 : 7'd64));
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
    if (rst) begin
      flags_valid_q <= 1'd0;
    end else if (flags_free) begin
      flags_valid_q <= lowest_valid_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      lowest_valid_q <= 1'd0;
    end else if (lowest_free) begin
      lowest_valid_q <= bitmap_begins_q | bitmap_some;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      bitmap_begins_q <= 1'd0;
    end else if (part_p1_q | feeds) begin
      bitmap_begins_q <= part_p1_q;
    end
  end

  always @(posedge clk) begin
    bitmap_inside_q <= {(size_less_q >= 6'd63), (size_less_q >= 6'd62), (size_less_q >= 6'd61),
      (size_less_q >= 6'd60), (size_less_q >= 6'd59), (size_less_q >= 6'd58), (size_less_q >= 6'd57),
      (size_less_q >= 6'd56), (size_less_q >= 6'd55), (size_less_q >= 6'd54), (size_less_q >= 6'd53),
      (size_less_q >= 6'd52), (size_less_q >= 6'd51), (size_less_q >= 6'd50), (size_less_q >= 6'd49),
      (size_less_q >= 6'd48), (size_less_q >= 6'd47), (size_less_q >= 6'd46), (size_less_q >= 6'd45),
      (size_less_q >= 6'd44), (size_less_q >= 6'd43), (size_less_q >= 6'd42), (size_less_q >= 6'd41),
      (size_less_q >= 6'd40), (size_less_q >= 6'd39), (size_less_q >= 6'd38), (size_less_q >= 6'd37),
      (size_less_q >= 6'd36), (size_less_q >= 6'd35), (size_less_q >= 6'd34), (size_less_q >= 6'd33),
      (size_less_q >= 6'd32), (size_less_q >= 6'd31), (size_less_q >= 6'd30), (size_less_q >= 6'd29),
      (size_less_q >= 6'd28), (size_less_q >= 6'd27), (size_less_q >= 6'd26), (size_less_q >= 6'd25),
      (size_less_q >= 6'd24), (size_less_q >= 6'd23), (size_less_q >= 6'd22), (size_less_q >= 6'd21),
      (size_less_q >= 6'd20), (size_less_q >= 6'd19), (size_less_q >= 6'd18), (size_less_q >= 6'd17),
      (size_less_q >= 6'd16), (size_less_q >= 6'd15), (size_less_q >= 6'd14), (size_less_q >= 6'd13),
      (size_less_q >= 6'd12), (size_less_q >= 6'd11), (size_less_q >= 6'd10), (size_less_q >= 6'd9),
      (size_less_q >= 6'd8), (size_less_q >= 6'd7), (size_less_q >= 6'd6), (size_less_q >= 6'd5),
      (size_less_q >= 6'd4), (size_less_q >= 6'd3), (size_less_q >= 6'd2), (size_less_q >= 6'd1), 1'd1};
  end

  always @(posedge clk) begin
    if (rst) begin
      bitmap_q <= 64'h0;
    end else if (part_p1_q | feeds) begin
      bitmap_q <= part_p1_q ? (view_q & bitmap_inside_q) : (bitmap_q & bitmap_less);
    end
  end

  always @(posedge clk) begin
    if (feeds) begin
      lowest_q <= bitmap_q & ~bitmap_less;
      lowest_is_q <= bitmap_some;
    end
  end

  always @(posedge clk) begin
    if (lowest_moves) begin
      flags_mask_q <= lowest_is_q;
      flags_by_q <= lowest_is_q ? 7'd8 : 7'd0;
      flags_last_q <= ~bitmap_some;
      flags_index_q <= {(((((((((((((((((((((((((((((((lowest_q[32] | lowest_q[33]) | lowest_q[34]) |
      lowest_q[35]) | lowest_q[36]) | lowest_q[37]) | lowest_q[38]) | lowest_q[39]) | lowest_q[40]) |
      lowest_q[41]) | lowest_q[42]) | lowest_q[43]) | lowest_q[44]) | lowest_q[45]) | lowest_q[46]) |
      lowest_q[47]) | lowest_q[48]) | lowest_q[49]) | lowest_q[50]) | lowest_q[51]) | lowest_q[52]) |
      lowest_q[53]) | lowest_q[54]) | lowest_q[55]) | lowest_q[56]) | lowest_q[57]) | lowest_q[58]) |
      lowest_q[59]) | lowest_q[60]) | lowest_q[61]) | lowest_q[62]) | lowest_q[63]),
      (((((((((((((((((((((((((((((((lowest_q[16] | lowest_q[17]) | lowest_q[18]) | lowest_q[19]) |
      lowest_q[20]) | lowest_q[21]) | lowest_q[22]) | lowest_q[23]) | lowest_q[24]) | lowest_q[25]) |
      lowest_q[26]) | lowest_q[27]) | lowest_q[28]) | lowest_q[29]) | lowest_q[30]) | lowest_q[31]) |
      lowest_q[48]) | lowest_q[49]) | lowest_q[50]) | lowest_q[51]) | lowest_q[52]) | lowest_q[53]) |
      lowest_q[54]) | lowest_q[55]) | lowest_q[56]) | lowest_q[57]) | lowest_q[58]) | lowest_q[59]) |
      lowest_q[60]) | lowest_q[61]) | lowest_q[62]) | lowest_q[63]),
      (((((((((((((((((((((((((((((((lowest_q[8] | lowest_q[9]) | lowest_q[10]) | lowest_q[11]) |
      lowest_q[12]) | lowest_q[13]) | lowest_q[14]) | lowest_q[15]) | lowest_q[24]) | lowest_q[25]) |
      lowest_q[26]) | lowest_q[27]) | lowest_q[28]) | lowest_q[29]) | lowest_q[30]) | lowest_q[31]) |
      lowest_q[40]) | lowest_q[41]) | lowest_q[42]) | lowest_q[43]) | lowest_q[44]) | lowest_q[45]) |
      lowest_q[46]) | lowest_q[47]) | lowest_q[56]) | lowest_q[57]) | lowest_q[58]) | lowest_q[59]) |
      lowest_q[60]) | lowest_q[61]) | lowest_q[62]) | lowest_q[63]),
      (((((((((((((((((((((((((((((((lowest_q[4] | lowest_q[5]) | lowest_q[6]) | lowest_q[7]) | lowest_q[12]) |
      lowest_q[13]) | lowest_q[14]) | lowest_q[15]) | lowest_q[20]) | lowest_q[21]) | lowest_q[22]) |
      lowest_q[23]) | lowest_q[28]) | lowest_q[29]) | lowest_q[30]) | lowest_q[31]) | lowest_q[36]) |
      lowest_q[37]) | lowest_q[38]) | lowest_q[39]) | lowest_q[44]) | lowest_q[45]) | lowest_q[46]) |
      lowest_q[47]) | lowest_q[52]) | lowest_q[53]) | lowest_q[54]) | lowest_q[55]) | lowest_q[60]) |
      lowest_q[61]) | lowest_q[62]) | lowest_q[63]), (((((((((((((((((((((((((((((((lowest_q[2] |
      lowest_q[3]) | lowest_q[6]) | lowest_q[7]) | lowest_q[10]) | lowest_q[11]) | lowest_q[14]) |
      lowest_q[15]) | lowest_q[18]) | lowest_q[19]) | lowest_q[22]) | lowest_q[23]) | lowest_q[26]) |
      lowest_q[27]) | lowest_q[30]) | lowest_q[31]) | lowest_q[34]) | lowest_q[35]) | lowest_q[38]) |
      lowest_q[39]) | lowest_q[42]) | lowest_q[43]) | lowest_q[46]) | lowest_q[47]) | lowest_q[50]) |
      lowest_q[51]) | lowest_q[54]) | lowest_q[55]) | lowest_q[58]) | lowest_q[59]) | lowest_q[62]) |
      lowest_q[63]), (((((((((((((((((((((((((((((((lowest_q[1] | lowest_q[3]) | lowest_q[5]) | lowest_q[7]) |
      lowest_q[9]) | lowest_q[11]) | lowest_q[13]) | lowest_q[15]) | lowest_q[17]) | lowest_q[19]) |
      lowest_q[21]) | lowest_q[23]) | lowest_q[25]) | lowest_q[27]) | lowest_q[29]) | lowest_q[31]) |
      lowest_q[33]) | lowest_q[35]) | lowest_q[37]) | lowest_q[39]) | lowest_q[41]) | lowest_q[43]) |
      lowest_q[45]) | lowest_q[47]) | lowest_q[49]) | lowest_q[51]) | lowest_q[53]) | lowest_q[55]) |
      lowest_q[57]) | lowest_q[59]) | lowest_q[61]) | lowest_q[63])};
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
    mask_p1_q <= stepping_q ? (step_last_q ? last_mask_q : 1'd1) : flags_mask_q;
    index_p1_q <= flags_index_q;
    row_first_p1_q <= step_first_q;
    fin_p1_q <= last_of_block;
    good0_q <= values_at_p1_q ? mask_p1_q : ((mask_p1_q & (row_first_p1_q | (index_before_q < view_q[5:0]))) &
      (size_less_q >= view_q[5:0]));
    value0_q <= values_at_p1_q ? view_q[7:0] : view_q[13:6];
    group0_q <= values_at_p1_q ? index_p1_q : view_q[5:0];
    row_fin_q <= fin_p1_q;
    asked_q <= mask_p1_q;
    row_begins_q <= row_first_p1_q;
    row_end_wrong_q <= rest_counts_p1_q & (rest_wrong_p1_q | (|view_q));
    row_ends_q <= ends;
    row_q <= {group0_q, group0_q, value0_q, 1'd0, row_and, size_less_q, row_ends_q, row_fin_q, (~row_pairs_q |
      (row_and ? 1'd0 : 1'd0)), (~row_pairs_q | ~row_and), (row_end_q ? row_end_wrong_q : (row_fin_q &
      (header_wrong_q | broken))), row_end_q};
  end

  always @(posedge clk) begin
    if (rst) begin
      pairs_at_p1_q <= 1'd0;
      values_at_p1_q <= 1'd0;
      end_p1_q <= 1'd0;
      row_end_q <= 1'd0;
      row_at_q <= 1'd0;
      row_pairs_q <= 1'd0;
      row_there_q <= 1'd0;
    end else begin
      pairs_at_p1_q <= pairs_go;
      values_at_p1_q <= values_go;
      end_p1_q <= end_go;
      row_end_q <= end_p1_q;
      row_at_q <= (pairs_at_p1_q | values_at_p1_q) | end_p1_q;
      row_pairs_q <= pairs_at_p1_q;
      row_there_q <= row_at_q;
    end
  end

  always @(posedge clk) begin
    if (planned_q) begin
      header_wrong_q <= reserved_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      blocks_seen_q <= 6'd0;
    end else if ((((pairs_at_p1_q | values_at_p1_q) & fin_p1_q) & ~blocks_all) | end_p1_q) begin
      blocks_seen_q <= end_p1_q ? 6'd0 : blocks_next;
    end
  end

  always @(posedge clk) begin
    if (pairs_at_p1_q) begin
      index_before_q <= view_q[5:0];
    end
  end

  always @(posedge clk) begin
    if (row_pairs_q) begin
      broke_q <= broken;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      served_q <= 12'd0;
    end else if ((block_ends & ~served_all) | code_ends) begin
      served_q <= code_ends ? 12'd0 : served_next;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      block_q <= 6'd0;
    end else if ((block_ends & ~served_all) | code_ends) begin
      block_q <= code_ends ? 6'd0 : block_number;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      malformed_q <= 7'd0;
    end else if (block_ends | code_ends) begin
      malformed_q <= code_ends ? 7'd0 : malformed_next;
    end
  end

  always @(posedge clk) begin
    if (block_ends) begin
      last_block_q <= block_name;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      reports_some_q <= 3'd0;
    end else if (code_ends ^ reports_fetch) begin
      reports_some_q <= code_ends ? reports_some_up : reports_some_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      reports_first_valid_q <= 1'd0;
    end else if (reports_first_free) begin
      reports_first_valid_q <= reports_read_valid_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      reports_read_valid_q <= 1'd0;
    end else if (reports_read_free) begin
      reports_read_valid_q <= |reports_some_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      reports_wr_q <= 2'd0;
    end else if (code_ends) begin
      reports_wr_q <= reports_wr_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      reports_rd_q <= 2'd0;
    end else if (reports_fetch) begin
      reports_rd_q <= reports_rd_inc;
    end
  end

  always @(posedge clk) begin
    if (reports_first_free) begin
      reports_first_q <= reports_q;
    end
  end

  // which block, of which line and PE
  always @(posedge clk) begin
    if (rst) begin
      filling_q <= 1'd0;
    end else if (fills | complete) begin
      filling_q <= fills;
    end
  end

  always @(posedge clk) begin
    blocks_beyond_p1_q <= blocks_all;
    blocks_beyond_p2_q <= blocks_beyond_p1_q;
    complete_before_p1_q <= blocks_all;
    complete_before_p2_q <= complete_before_p1_q;
  end

  always @(posedge clk) begin
    if (rst) begin
      block_of_line_q <= 1'd0;
    end else if (block_over) begin
      block_of_line_q <= block_of_line_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      line_q <= 4'd0;
    end else if (pes_turn) begin
      line_q <= line_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      matrix_q <= 1'd0;
    end else if (complete) begin
      matrix_q <= matrix_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      whole_p1_q <= 1'd0;
      whole_p2_q <= 1'd0;
    end else begin
      whole_p1_q <= (code_comes_to_end & ~fills) | (filling_q & complete);
      whole_p2_q <= whole_p1_q;
    end
  end

  // elements, behind each other in their line
  always @(posedge clk) begin
    if (rst) begin
      value_to_q <= 12'd0;
    end else if (element_there | line_ends) begin
      value_to_q <= value_to_d;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      line_base_q <= 12'd0;
    end else if (pes_turn) begin
      line_base_q <= line_base_d;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      value_at_q <= 1'd0;
    end else begin
      value_at_q <= element_there;
    end
  end

  always @(posedge clk) begin
    value_goes_q <= value_to_q;
    value_q <= row_q[21:14];
  end

  // a block's bitmap, and where its elements begin
  always @(posedge clk) begin
    if (rst) begin
      block_from_q <= 12'd0;
      row_to_q <= 6'd0;
    end else if (block_over) begin
      block_from_q <= value_to_d;
      row_to_q <= (line_ends & ~pes_turn) ? row_base_q : row_base_d;
    end
  end

  always @(posedge clk) begin
    flag_q <= {(flag_bits == 6'd63), (flag_bits == 6'd62), (flag_bits == 6'd61), (flag_bits == 6'd60),
      (flag_bits == 6'd59), (flag_bits == 6'd58), (flag_bits == 6'd57), (flag_bits == 6'd56),
      (flag_bits == 6'd55), (flag_bits == 6'd54), (flag_bits == 6'd53), (flag_bits == 6'd52),
      (flag_bits == 6'd51), (flag_bits == 6'd50), (flag_bits == 6'd49), (flag_bits == 6'd48),
      (flag_bits == 6'd47), (flag_bits == 6'd46), (flag_bits == 6'd45), (flag_bits == 6'd44),
      (flag_bits == 6'd43), (flag_bits == 6'd42), (flag_bits == 6'd41), (flag_bits == 6'd40),
      (flag_bits == 6'd39), (flag_bits == 6'd38), (flag_bits == 6'd37), (flag_bits == 6'd36),
      (flag_bits == 6'd35), (flag_bits == 6'd34), (flag_bits == 6'd33), (flag_bits == 6'd32),
      (flag_bits == 6'd31), (flag_bits == 6'd30), (flag_bits == 6'd29), (flag_bits == 6'd28),
      (flag_bits == 6'd27), (flag_bits == 6'd26), (flag_bits == 6'd25), (flag_bits == 6'd24),
      (flag_bits == 6'd23), (flag_bits == 6'd22), (flag_bits == 6'd21), (flag_bits == 6'd20),
      (flag_bits == 6'd19), (flag_bits == 6'd18), (flag_bits == 6'd17), (flag_bits == 6'd16),
      (flag_bits == 6'd15), (flag_bits == 6'd14), (flag_bits == 6'd13), (flag_bits == 6'd12),
      (flag_bits == 6'd11), (flag_bits == 6'd10), (flag_bits == 6'd9), (flag_bits == 6'd8),
      (flag_bits == 6'd7), (flag_bits == 6'd6), (flag_bits == 6'd5), (flag_bits == 6'd4), (flag_bits == 6'd3),
      (flag_bits == 6'd2), (flag_bits == 6'd1), (flag_bits == 6'd0)};
    row_goes_p1_q <= row_to_q;
    row_goes_p2_q <= row_goes_p1_q;
    block_begins_q <= block_from_q;
    row_of_block_q <= {block_begins_q, row_of_block_or};
  end

  always @(posedge clk) begin
    if (rst) begin
      block_is_done_q <= 1'd0;
      bitmap_so_far_q <= 64'h0;
      row_written_q <= 1'd0;
    end else begin
      block_is_done_q <= block_over;
      bitmap_so_far_q <= block_is_done_q ? 64'h0 : row_of_block_or;
      row_written_q <= block_is_done_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      row_base_q <= 6'd0;
    end else if (pes_turn) begin
      row_base_q <= row_base_d;
    end
  end

  wire unused_ok = &{1'b0, served_next_sum[12], row_q[33:28], row_q[13], row_q[5], row_q[3:2], at_next[5:0],
      lowest_q[0], cat[127]};

endmodule

`default_nettype wire

// nl_intersect_mac_operand_16of4x2_hybrid64_w8_64
// computes  bitmaps of blocks and elements behind each other, of the code of a sparse operand
// in  s_axis: 8 x 8 bits unsigned a beat, with a last mark
// out m_report: 2 x 12 bits unsigned a beat
`default_nettype none

module nl_intersect_mac_operand_16of4x2_hybrid64_w8_64 (
  input  wire clk,
  input  wire rst,
  input  wire [63:0] s_axis_tdata,
  input  wire s_axis_tvalid,
  input  wire s_axis_tlast,
  output wire s_axis_tready,
  output wire [23:0] m_report_tdata,
  output wire m_report_tvalid,
  input  wire m_report_tready,
  input  wire freed_i,
  output wire whole_o,
  output wire value_at_o,
  output wire [9:0] value_to_o,
  output wire [7:0] value_o,
  output wire [1:0] value_pe_o,
  output wire row_at_o,
  output wire [3:0] row_to_o,
  output wire [73:0] row_o,
  output wire [1:0] row_pe_o
);

  reg [5:0] at_q;
  reg [63:0] low_q;
  reg low_valid_q;
  reg low_last_q;
  reg past_q;
  reg far_past_q;
  reg [1:0] matrices_q;
  reg [2:0] reports_taken_q;
  reg closing_q;
  reg matrices_close_q;
  reg turn_q;
  reg [63:0] view_q;
  reg header_p1_q;
  reg last_q;
  reg reserved_q;
  reg pairs_q;
  reg [5:0] size_q;
  reg planned_q;
  reg [6:0] count_q;
  reg stepping_q;
  reg [6:0] steps_left_q;
  reg step_last_q;
  reg [6:0] last_by_q;
  reg [6:0] step_by_q;
  reg last_mask_q;
  reg step_first_q;
  reg [5:0] size_less_q;
  reg part_p1_q;
  reg flags_valid_q;
  reg lowest_valid_q;
  reg bitmap_begins_q;
  reg [63:0] bitmap_inside_q;
  reg [63:0] bitmap_q;
  reg [63:0] lowest_q;
  reg lowest_is_q;
  reg flags_mask_q;
  reg [6:0] flags_by_q;
  reg flags_last_q;
  reg [5:0] flags_index_q;
  reg drain_q;
  reg rest_wrong_p1_q;
  reg rest_counts_p1_q;
  reg pairs_at_p1_q;
  reg values_at_p1_q;
  reg mask_p1_q;
  reg [5:0] index_p1_q;
  reg row_first_p1_q;
  reg fin_p1_q;
  reg end_p1_q;
  reg header_wrong_q;
  reg [5:0] blocks_seen_q;
  reg [5:0] index_before_q;
  reg good0_q;
  reg [7:0] value0_q;
  reg [5:0] group0_q;
  reg row_end_q;
  reg row_fin_q;
  reg row_at_q;
  reg row_pairs_q;
  reg asked_q;
  reg broke_q;
  reg row_begins_q;
  reg row_end_wrong_q;
  reg row_ends_q;
  reg row_there_q;
  reg [33:0] row_q;
  reg [11:0] served_q;
  reg [5:0] block_q;
  reg [6:0] malformed_q;
  reg [6:0] last_block_q;
  reg [2:0] reports_some_q;
  reg reports_first_valid_q;
  reg reports_read_valid_q;
  reg [1:0] reports_wr_q;
  reg [1:0] reports_rd_q;
  reg [23:0] reports_first_q;
  reg filling_q;
  reg blocks_beyond_p1_q;
  reg blocks_beyond_p2_q;
  reg block_of_line_q;
  reg [1:0] pe_q;
  reg [1:0] line_q;
  reg complete_before_p1_q;
  reg complete_before_p2_q;
  reg matrix_q;
  reg whole_p1_q;
  reg whole_p2_q;
  reg [9:0] value_to_q;
  reg [9:0] line_base_q;
  reg value_at_q;
  reg [9:0] value_goes_q;
  reg [7:0] value_q;
  reg [1:0] value_pe_q;
  reg [9:0] block_from_q;
  reg [63:0] flag_q;
  reg block_is_done_q;
  reg [63:0] bitmap_so_far_q;
  reg [3:0] row_to_q;
  reg [3:0] row_base_q;
  reg row_written_q;
  reg [3:0] row_goes_p1_q;
  reg [3:0] row_goes_p2_q;
  reg [9:0] block_begins_q;
  reg [73:0] row_of_block_q;
  reg [1:0] row_pe_then_q;
  reg [1:0] row_pe_q;
  wire s_axis_ready;
  wire [63:0] ahead_m_axis_tdata;
  wire ahead_m_axis_tvalid;
  wire low_last_d;
  reg [23:0] reports_q;
  reg [23:0] reports [0:3];

  // the code is taken apart, where a matrix has a place
  wire [1:0] matrices_up = matrices_q + 2'd1;
  wire [1:0] matrices_down = matrices_q - 2'd1;
  wire [2:0] reports_taken_up = reports_taken_q + 3'd1;
  wire [2:0] reports_taken_down = reports_taken_q - 3'd1;

  // which block, of which line and PE
  wire block_comes = ((row_there_q & row_q[4]) & ~row_q[0]) & ~blocks_beyond_p2_q;
  wire block_over = block_comes | filling_q;
  wire block_of_line_last = block_of_line_q == 1'd1;
  wire line_ends = block_over & block_of_line_last;
  wire pe_last = pe_q == 2'd3;
  wire pes_turn = line_ends & pe_last;
  wire line_last = line_q == 2'd3;
  wire complete = pes_turn & line_last;

  // the code is taken apart, where a matrix has a place
  wire filled = complete;
  wire may = (past_q | (low_valid_q & (low_last_q | ahead_m_axis_tvalid))) & ~matrices_close_q;
  wire turns = turn_q & may;
  wire [127:0] cat = {(low_last_q ? 64'h0 : ahead_m_axis_tdata), low_q};
  wire [94:0] sel = at_q[5] ? cat[126:32] : cat[94:0];
  wire [78:0] sel_l1 = at_q[4] ? sel[94:16] : sel[78:0];
  wire [70:0] sel_l2 = at_q[3] ? sel_l1[78:8] : sel_l1[70:0];
  wire [66:0] view_sel_sel = at_q[2] ? sel_l2[70:4] : sel_l2[66:0];
  wire [64:0] view_sel = at_q[1] ? view_sel_sel[66:2] : view_sel_sel[64:0];
  wire ends = (last_q | reserved_q) | (past_q & ((|at_q) | far_past_q));
  wire end_go = turns & ends;
  wire pairs_d = view_q[1] | view_q[2];
  wire [6:0] last_by_sum = {1'd0, size_q} + 7'd1;
  wire some_pairs = (|count_q) & ~reserved_q;
  wire [6:0] pairs_less = count_q - 7'd1;
  wire [6:0] last_by_d = pairs_q ? (some_pairs ? 7'd14 : 7'd0) : last_by_sum;
  wire header_go = turns & ~ends;

  // steps of known sizes: parts of a bitmap, or rows of pairs
  wire step = stepping_q & may;
  wire [6:0] steps_left_less = steps_left_q - 7'd1;
  wire [6:0] steps_next = planned_q ? (pairs_q ? (some_pairs ? pairs_less : 7'd0) : 7'd0) : steps_left_less;

  // elements of a bitmap, as many as it says
  wire at_next_sel_and = flags_valid_q & ~stepping_q;
  wire values_go = at_next_sel_and & may;
  wire flags_free = ~flags_valid_q | values_go;
  wire lowest_free = ~lowest_valid_q | flags_free;
  wire bitmap_some = |bitmap_q;
  wire feeds = (bitmap_begins_q | bitmap_some) & lowest_free;
  wire [63:0] bitmap_less = bitmap_q - 64'h1;
  wire lowest_moves = lowest_valid_q & flags_free;

  // the place goes on
  wire drained = drain_q & (low_valid_q & low_last_q);
  wire pairs_go = step & pairs_q;
  wire last_of_block = stepping_q ? step_last_q : flags_last_q;
  wire block_done = (pairs_go | values_go) & last_of_block;
  wire [6:0] at_next_sel = at_next_sel_and ? flags_by_q : step_by_q;
  wire word_crosses_or = (planned_q | step) | values_go;
  wire [6:0] at_next = {1'd0, at_q} + at_next_sel;
  wire [5:0] at_next_l1 = at_q + at_next_sel[5:0];
  wire word_crosses = word_crosses_or & at_next[6];
  wire word_passes = (word_crosses & low_valid_q) & low_last_q;
  wire word_loads = (((word_crosses & low_valid_q) & ~low_last_q) | (low_valid_q & (end_go | drain_q))) |
      (~low_valid_q & (~past_q | end_go));

  // what was taken, when its bits are in the view
  wire blocks_all = blocks_seen_q == 6'd32;
  wire [5:0] blocks_next = blocks_seen_q + 6'd1;
  wire lacks = end_p1_q & ~blocks_all;
  wire broken_before = (row_pairs_q & ~row_begins_q) & broke_q;
  wire row_and = ~broken_before & good0_q;
  wire broken = row_pairs_q & (broken_before | (asked_q & ~row_and));
  wire [5:0] flag_bits = row_q[27:22];
  wire block_ends = (row_there_q & row_q[4]) & ~row_q[0];
  wire code_ends = row_there_q & row_q[0];
  wire served_all = served_q == 12'd2048;
  wire [12:0] served_next_sum = {1'd0, served_q} + {7'd0, row_q[11:6]};
  wire [11:0] served_next = served_next_sum[11:0] + 12'd1;
  wire [5:0] block_number = block_q + 6'd1;
  wire [6:0] block_name = {1'd0, block_q} + 7'd1;
  wire [6:0] malformed_next = ((row_q[1] | (~row_q[0] & served_all)) & ~(|malformed_q)) ? (row_q[0] ?
      last_block_q : block_name) : malformed_q;
  wire [2:0] reports_some_up = reports_some_q + 3'd1;
  wire [2:0] reports_some_down = reports_some_q - 3'd1;
  wire reports_first_free = ~reports_first_valid_q | m_report_tready;
  wire reports_read_free = ~reports_read_valid_q | reports_first_free;
  wire reports_fetch = reports_read_free & (|reports_some_q);
  wire [1:0] reports_wr_inc = reports_wr_q + 2'd1;
  wire [1:0] reports_rd_inc = reports_rd_q + 2'd1;

  // which block, of which line and PE
  wire block_of_line_inc = block_of_line_q + 1'd1;
  wire [1:0] pe_inc = pe_q + 2'd1;
  wire [1:0] line_inc = line_q + 2'd1;
  wire code_comes_to_end = row_there_q & row_q[0];
  wire fills = code_comes_to_end & ~complete_before_p2_q;
  wire matrix_last = matrix_q == 1'd1;
  wire matrix_inc = matrix_q + 1'd1;
  wire wraps = complete & matrix_last;

  // elements, behind each other in their line
  wire element_there = ((row_there_q & row_q[12]) & ~row_q[0]) & ~blocks_beyond_p2_q;
  wire [9:0] line_base_next = line_base_q + 10'd128;
  wire [9:0] line_base_d = pes_turn ? (wraps ? 10'd0 : line_base_next) : line_base_q;
  wire [9:0] value_to_next = value_to_q + {9'd0, element_there};
  wire [9:0] value_to_d = line_ends ? line_base_d : value_to_next;

  // a block's bitmap, and where its elements begin
  wire [63:0] row_of_block_or = bitmap_so_far_q | (flag_q & {value_at_q, value_at_q, value_at_q, value_at_q,
      value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q,
      value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q,
      value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q,
      value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q,
      value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q,
      value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q,
      value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q, value_at_q,
      value_at_q, value_at_q, value_at_q, value_at_q});
  wire [3:0] row_to_next = row_to_q + 4'd1;
  wire [3:0] row_base_d = wraps ? 4'd0 : row_to_next;

  // what was taken, when its bits are in the view
  always @(posedge clk) if (code_ends) begin
    reports[reports_wr_q] <= {{5'd0, malformed_next}, served_q};
  end
  always @(posedge clk) if (reports_fetch) begin
    reports_q <= reports[reports_rd_q];
  end

  // the code is taken apart, where a matrix has a place
  nl_skid_buffer_u8x8 u_ahead (
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
  assign m_report_tdata = reports_first_q;
  assign m_report_tvalid = reports_first_valid_q;
  assign whole_o = whole_p2_q;
  assign value_at_o = value_at_q;
  assign value_to_o = value_goes_q;
  assign value_o = value_q;
  assign value_pe_o = value_pe_q;
  assign row_at_o = row_written_q;
  assign row_to_o = row_goes_p2_q;
  assign row_o = row_of_block_q;
  assign row_pe_o = row_pe_q;

  // the code is taken apart, where a matrix has a place
  always @(posedge clk) begin
    if (rst) begin
      at_q <= 6'd0;
    end else if (word_crosses_or | end_go) begin
      at_q <= end_go ? 6'd0 : at_next_l1;
    end
  end

  always @(posedge clk) begin
    if (word_loads | word_passes) begin
      low_q <= word_passes ? 64'h0 : ahead_m_axis_tdata;
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
      matrices_q <= 2'd0;
    end else if (end_p1_q ^ freed_i) begin
      matrices_q <= end_p1_q ? matrices_up : matrices_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      reports_taken_q <= 3'd0;
    end else if (end_p1_q ^ reports_fetch) begin
      reports_taken_q <= end_p1_q ? reports_taken_up : reports_taken_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      closing_q <= 1'd0;
    end else if (lacks | filled) begin
      closing_q <= lacks;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      matrices_close_q <= 1'd0;
      header_p1_q <= 1'd0;
      planned_q <= 1'd0;
    end else begin
      matrices_close_q <= ((matrices_q == 2'd2) | (reports_taken_q == 3'd4)) | closing_q;
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
    view_q <= at_q[0] ? view_sel[64:1] : view_sel[63:0];
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
      last_mask_q <= some_pairs;
      size_less_q <= size_q;
    end
  end

  always @(posedge clk) begin
    if ((header_p1_q | planned_q) | step) begin
      step_by_q <= header_p1_q ? (pairs_d ? (view_q[0] ? 7'd16 : 7'd10) : (view_q[0] ? 7'd9 : 7'd3)) :
      (~(|steps_next) ? (planned_q ? last_by_d : last_by_q) : (pairs_q ? 7'd14 : 7'd64));
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
    if (rst) begin
      flags_valid_q <= 1'd0;
    end else if (flags_free) begin
      flags_valid_q <= lowest_valid_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      lowest_valid_q <= 1'd0;
    end else if (lowest_free) begin
      lowest_valid_q <= bitmap_begins_q | bitmap_some;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      bitmap_begins_q <= 1'd0;
    end else if (part_p1_q | feeds) begin
      bitmap_begins_q <= part_p1_q;
    end
  end

  always @(posedge clk) begin
    bitmap_inside_q <= {(size_less_q >= 6'd63), (size_less_q >= 6'd62), (size_less_q >= 6'd61),
      (size_less_q >= 6'd60), (size_less_q >= 6'd59), (size_less_q >= 6'd58), (size_less_q >= 6'd57),
      (size_less_q >= 6'd56), (size_less_q >= 6'd55), (size_less_q >= 6'd54), (size_less_q >= 6'd53),
      (size_less_q >= 6'd52), (size_less_q >= 6'd51), (size_less_q >= 6'd50), (size_less_q >= 6'd49),
      (size_less_q >= 6'd48), (size_less_q >= 6'd47), (size_less_q >= 6'd46), (size_less_q >= 6'd45),
      (size_less_q >= 6'd44), (size_less_q >= 6'd43), (size_less_q >= 6'd42), (size_less_q >= 6'd41),
      (size_less_q >= 6'd40), (size_less_q >= 6'd39), (size_less_q >= 6'd38), (size_less_q >= 6'd37),
      (size_less_q >= 6'd36), (size_less_q >= 6'd35), (size_less_q >= 6'd34), (size_less_q >= 6'd33),
      (size_less_q >= 6'd32), (size_less_q >= 6'd31), (size_less_q >= 6'd30), (size_less_q >= 6'd29),
      (size_less_q >= 6'd28), (size_less_q >= 6'd27), (size_less_q >= 6'd26), (size_less_q >= 6'd25),
      (size_less_q >= 6'd24), (size_less_q >= 6'd23), (size_less_q >= 6'd22), (size_less_q >= 6'd21),
      (size_less_q >= 6'd20), (size_less_q >= 6'd19), (size_less_q >= 6'd18), (size_less_q >= 6'd17),
      (size_less_q >= 6'd16), (size_less_q >= 6'd15), (size_less_q >= 6'd14), (size_less_q >= 6'd13),
      (size_less_q >= 6'd12), (size_less_q >= 6'd11), (size_less_q >= 6'd10), (size_less_q >= 6'd9),
      (size_less_q >= 6'd8), (size_less_q >= 6'd7), (size_less_q >= 6'd6), (size_less_q >= 6'd5),
      (size_less_q >= 6'd4), (size_less_q >= 6'd3), (size_less_q >= 6'd2), (size_less_q >= 6'd1), 1'd1};
  end

  always @(posedge clk) begin
    if (rst) begin
      bitmap_q <= 64'h0;
    end else if (part_p1_q | feeds) begin
      bitmap_q <= part_p1_q ? (view_q & bitmap_inside_q) : (bitmap_q & bitmap_less);
    end
  end

  always @(posedge clk) begin
    if (feeds) begin
      lowest_q <= bitmap_q & ~bitmap_less;
      lowest_is_q <= bitmap_some;
    end
  end

  always @(posedge clk) begin
    if (lowest_moves) begin
      flags_mask_q <= lowest_is_q;
      flags_by_q <= lowest_is_q ? 7'd8 : 7'd0;
      flags_last_q <= ~bitmap_some;
      flags_index_q <= {(((((((((((((((((((((((((((((((lowest_q[32] | lowest_q[33]) | lowest_q[34]) |
      lowest_q[35]) | lowest_q[36]) | lowest_q[37]) | lowest_q[38]) | lowest_q[39]) | lowest_q[40]) |
      lowest_q[41]) | lowest_q[42]) | lowest_q[43]) | lowest_q[44]) | lowest_q[45]) | lowest_q[46]) |
      lowest_q[47]) | lowest_q[48]) | lowest_q[49]) | lowest_q[50]) | lowest_q[51]) | lowest_q[52]) |
      lowest_q[53]) | lowest_q[54]) | lowest_q[55]) | lowest_q[56]) | lowest_q[57]) | lowest_q[58]) |
      lowest_q[59]) | lowest_q[60]) | lowest_q[61]) | lowest_q[62]) | lowest_q[63]),
      (((((((((((((((((((((((((((((((lowest_q[16] | lowest_q[17]) | lowest_q[18]) | lowest_q[19]) |
      lowest_q[20]) | lowest_q[21]) | lowest_q[22]) | lowest_q[23]) | lowest_q[24]) | lowest_q[25]) |
      lowest_q[26]) | lowest_q[27]) | lowest_q[28]) | lowest_q[29]) | lowest_q[30]) | lowest_q[31]) |
      lowest_q[48]) | lowest_q[49]) | lowest_q[50]) | lowest_q[51]) | lowest_q[52]) | lowest_q[53]) |
      lowest_q[54]) | lowest_q[55]) | lowest_q[56]) | lowest_q[57]) | lowest_q[58]) | lowest_q[59]) |
      lowest_q[60]) | lowest_q[61]) | lowest_q[62]) | lowest_q[63]),
      (((((((((((((((((((((((((((((((lowest_q[8] | lowest_q[9]) | lowest_q[10]) | lowest_q[11]) |
      lowest_q[12]) | lowest_q[13]) | lowest_q[14]) | lowest_q[15]) | lowest_q[24]) | lowest_q[25]) |
      lowest_q[26]) | lowest_q[27]) | lowest_q[28]) | lowest_q[29]) | lowest_q[30]) | lowest_q[31]) |
      lowest_q[40]) | lowest_q[41]) | lowest_q[42]) | lowest_q[43]) | lowest_q[44]) | lowest_q[45]) |
      lowest_q[46]) | lowest_q[47]) | lowest_q[56]) | lowest_q[57]) | lowest_q[58]) | lowest_q[59]) |
      lowest_q[60]) | lowest_q[61]) | lowest_q[62]) | lowest_q[63]),
      (((((((((((((((((((((((((((((((lowest_q[4] | lowest_q[5]) | lowest_q[6]) | lowest_q[7]) | lowest_q[12]) |
      lowest_q[13]) | lowest_q[14]) | lowest_q[15]) | lowest_q[20]) | lowest_q[21]) | lowest_q[22]) |
      lowest_q[23]) | lowest_q[28]) | lowest_q[29]) | lowest_q[30]) | lowest_q[31]) | lowest_q[36]) |
      lowest_q[37]) | lowest_q[38]) | lowest_q[39]) | lowest_q[44]) | lowest_q[45]) | lowest_q[46]) |
      lowest_q[47]) | lowest_q[52]) | lowest_q[53]) | lowest_q[54]) | lowest_q[55]) | lowest_q[60]) |
      lowest_q[61]) | lowest_q[62]) | lowest_q[63]), (((((((((((((((((((((((((((((((lowest_q[2] |
      lowest_q[3]) | lowest_q[6]) | lowest_q[7]) | lowest_q[10]) | lowest_q[11]) | lowest_q[14]) |
      lowest_q[15]) | lowest_q[18]) | lowest_q[19]) | lowest_q[22]) | lowest_q[23]) | lowest_q[26]) |
      lowest_q[27]) | lowest_q[30]) | lowest_q[31]) | lowest_q[34]) | lowest_q[35]) | lowest_q[38]) |
      lowest_q[39]) | lowest_q[42]) | lowest_q[43]) | lowest_q[46]) | lowest_q[47]) | lowest_q[50]) |
      lowest_q[51]) | lowest_q[54]) | lowest_q[55]) | lowest_q[58]) | lowest_q[59]) | lowest_q[62]) |
      lowest_q[63]), (((((((((((((((((((((((((((((((lowest_q[1] | lowest_q[3]) | lowest_q[5]) | lowest_q[7]) |
      lowest_q[9]) | lowest_q[11]) | lowest_q[13]) | lowest_q[15]) | lowest_q[17]) | lowest_q[19]) |
      lowest_q[21]) | lowest_q[23]) | lowest_q[25]) | lowest_q[27]) | lowest_q[29]) | lowest_q[31]) |
      lowest_q[33]) | lowest_q[35]) | lowest_q[37]) | lowest_q[39]) | lowest_q[41]) | lowest_q[43]) |
      lowest_q[45]) | lowest_q[47]) | lowest_q[49]) | lowest_q[51]) | lowest_q[53]) | lowest_q[55]) |
      lowest_q[57]) | lowest_q[59]) | lowest_q[61]) | lowest_q[63])};
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
    mask_p1_q <= stepping_q ? (step_last_q ? last_mask_q : 1'd1) : flags_mask_q;
    index_p1_q <= flags_index_q;
    row_first_p1_q <= step_first_q;
    fin_p1_q <= last_of_block;
    good0_q <= values_at_p1_q ? mask_p1_q : ((mask_p1_q & (row_first_p1_q | (index_before_q < view_q[5:0]))) &
      (size_less_q >= view_q[5:0]));
    value0_q <= values_at_p1_q ? view_q[7:0] : view_q[13:6];
    group0_q <= values_at_p1_q ? index_p1_q : view_q[5:0];
    row_fin_q <= fin_p1_q;
    asked_q <= mask_p1_q;
    row_begins_q <= row_first_p1_q;
    row_end_wrong_q <= rest_counts_p1_q & (rest_wrong_p1_q | (|view_q));
    row_ends_q <= ends;
    row_q <= {group0_q, group0_q, value0_q, 1'd0, row_and, size_less_q, row_ends_q, row_fin_q, (~row_pairs_q |
      (row_and ? 1'd0 : 1'd0)), (~row_pairs_q | ~row_and), (row_end_q ? row_end_wrong_q : (row_fin_q &
      (header_wrong_q | broken))), row_end_q};
  end

  always @(posedge clk) begin
    if (rst) begin
      pairs_at_p1_q <= 1'd0;
      values_at_p1_q <= 1'd0;
      end_p1_q <= 1'd0;
      row_end_q <= 1'd0;
      row_at_q <= 1'd0;
      row_pairs_q <= 1'd0;
      row_there_q <= 1'd0;
    end else begin
      pairs_at_p1_q <= pairs_go;
      values_at_p1_q <= values_go;
      end_p1_q <= end_go;
      row_end_q <= end_p1_q;
      row_at_q <= (pairs_at_p1_q | values_at_p1_q) | end_p1_q;
      row_pairs_q <= pairs_at_p1_q;
      row_there_q <= row_at_q;
    end
  end

  always @(posedge clk) begin
    if (planned_q) begin
      header_wrong_q <= reserved_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      blocks_seen_q <= 6'd0;
    end else if ((((pairs_at_p1_q | values_at_p1_q) & fin_p1_q) & ~blocks_all) | end_p1_q) begin
      blocks_seen_q <= end_p1_q ? 6'd0 : blocks_next;
    end
  end

  always @(posedge clk) begin
    if (pairs_at_p1_q) begin
      index_before_q <= view_q[5:0];
    end
  end

  always @(posedge clk) begin
    if (row_pairs_q) begin
      broke_q <= broken;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      served_q <= 12'd0;
    end else if ((block_ends & ~served_all) | code_ends) begin
      served_q <= code_ends ? 12'd0 : served_next;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      block_q <= 6'd0;
    end else if ((block_ends & ~served_all) | code_ends) begin
      block_q <= code_ends ? 6'd0 : block_number;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      malformed_q <= 7'd0;
    end else if (block_ends | code_ends) begin
      malformed_q <= code_ends ? 7'd0 : malformed_next;
    end
  end

  always @(posedge clk) begin
    if (block_ends) begin
      last_block_q <= block_name;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      reports_some_q <= 3'd0;
    end else if (code_ends ^ reports_fetch) begin
      reports_some_q <= code_ends ? reports_some_up : reports_some_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      reports_first_valid_q <= 1'd0;
    end else if (reports_first_free) begin
      reports_first_valid_q <= reports_read_valid_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      reports_read_valid_q <= 1'd0;
    end else if (reports_read_free) begin
      reports_read_valid_q <= |reports_some_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      reports_wr_q <= 2'd0;
    end else if (code_ends) begin
      reports_wr_q <= reports_wr_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      reports_rd_q <= 2'd0;
    end else if (reports_fetch) begin
      reports_rd_q <= reports_rd_inc;
    end
  end

  always @(posedge clk) begin
    if (reports_first_free) begin
      reports_first_q <= reports_q;
    end
  end

  // which block, of which line and PE
  always @(posedge clk) begin
    if (rst) begin
      filling_q <= 1'd0;
    end else if (fills | complete) begin
      filling_q <= fills;
    end
  end

  always @(posedge clk) begin
    blocks_beyond_p1_q <= blocks_all;
    blocks_beyond_p2_q <= blocks_beyond_p1_q;
    complete_before_p1_q <= blocks_all;
    complete_before_p2_q <= complete_before_p1_q;
  end

  always @(posedge clk) begin
    if (rst) begin
      block_of_line_q <= 1'd0;
    end else if (block_over) begin
      block_of_line_q <= block_of_line_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      pe_q <= 2'd0;
    end else if (line_ends) begin
      pe_q <= pe_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      line_q <= 2'd0;
    end else if (pes_turn) begin
      line_q <= line_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      matrix_q <= 1'd0;
    end else if (complete) begin
      matrix_q <= matrix_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      whole_p1_q <= 1'd0;
      whole_p2_q <= 1'd0;
    end else begin
      whole_p1_q <= (code_comes_to_end & ~fills) | (filling_q & complete);
      whole_p2_q <= whole_p1_q;
    end
  end

  // elements, behind each other in their line
  always @(posedge clk) begin
    if (rst) begin
      value_to_q <= 10'd0;
    end else if (element_there | line_ends) begin
      value_to_q <= value_to_d;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      line_base_q <= 10'd0;
    end else if (pes_turn) begin
      line_base_q <= line_base_d;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      value_at_q <= 1'd0;
    end else begin
      value_at_q <= element_there;
    end
  end

  always @(posedge clk) begin
    value_goes_q <= value_to_q;
    value_q <= row_q[21:14];
    value_pe_q <= pe_q;
  end

  // a block's bitmap, and where its elements begin
  always @(posedge clk) begin
    if (rst) begin
      block_from_q <= 10'd0;
      row_to_q <= 4'd0;
    end else if (block_over) begin
      block_from_q <= value_to_d;
      row_to_q <= (line_ends & ~pes_turn) ? row_base_q : row_base_d;
    end
  end

  always @(posedge clk) begin
    flag_q <= {(flag_bits == 6'd63), (flag_bits == 6'd62), (flag_bits == 6'd61), (flag_bits == 6'd60),
      (flag_bits == 6'd59), (flag_bits == 6'd58), (flag_bits == 6'd57), (flag_bits == 6'd56),
      (flag_bits == 6'd55), (flag_bits == 6'd54), (flag_bits == 6'd53), (flag_bits == 6'd52),
      (flag_bits == 6'd51), (flag_bits == 6'd50), (flag_bits == 6'd49), (flag_bits == 6'd48),
      (flag_bits == 6'd47), (flag_bits == 6'd46), (flag_bits == 6'd45), (flag_bits == 6'd44),
      (flag_bits == 6'd43), (flag_bits == 6'd42), (flag_bits == 6'd41), (flag_bits == 6'd40),
      (flag_bits == 6'd39), (flag_bits == 6'd38), (flag_bits == 6'd37), (flag_bits == 6'd36),
      (flag_bits == 6'd35), (flag_bits == 6'd34), (flag_bits == 6'd33), (flag_bits == 6'd32),
      (flag_bits == 6'd31), (flag_bits == 6'd30), (flag_bits == 6'd29), (flag_bits == 6'd28),
      (flag_bits == 6'd27), (flag_bits == 6'd26), (flag_bits == 6'd25), (flag_bits == 6'd24),
      (flag_bits == 6'd23), (flag_bits == 6'd22), (flag_bits == 6'd21), (flag_bits == 6'd20),
      (flag_bits == 6'd19), (flag_bits == 6'd18), (flag_bits == 6'd17), (flag_bits == 6'd16),
      (flag_bits == 6'd15), (flag_bits == 6'd14), (flag_bits == 6'd13), (flag_bits == 6'd12),
      (flag_bits == 6'd11), (flag_bits == 6'd10), (flag_bits == 6'd9), (flag_bits == 6'd8),
      (flag_bits == 6'd7), (flag_bits == 6'd6), (flag_bits == 6'd5), (flag_bits == 6'd4), (flag_bits == 6'd3),
      (flag_bits == 6'd2), (flag_bits == 6'd1), (flag_bits == 6'd0)};
    row_goes_p1_q <= row_to_q;
    row_goes_p2_q <= row_goes_p1_q;
    block_begins_q <= block_from_q;
    row_of_block_q <= {block_begins_q, row_of_block_or};
    row_pe_then_q <= pe_q;
    row_pe_q <= row_pe_then_q;
  end

  always @(posedge clk) begin
    if (rst) begin
      block_is_done_q <= 1'd0;
      bitmap_so_far_q <= 64'h0;
      row_written_q <= 1'd0;
    end else begin
      block_is_done_q <= block_over;
      bitmap_so_far_q <= block_is_done_q ? 64'h0 : row_of_block_or;
      row_written_q <= block_is_done_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      row_base_q <= 4'd0;
    end else if (pes_turn) begin
      row_base_q <= row_base_d;
    end
  end

  wire unused_ok = &{1'b0, served_next_sum[12], row_q[33:28], row_q[13], row_q[5], row_q[3:2], at_next[5:0],
      lowest_q[0], cat[127]};

endmodule

`default_nettype wire

// nl_intersect_mac_pe_16x128x16_hybrid_h9f5e2d
// computes  sums of products of a row's and a column's elements that are both there
// out m_axis: 1 x 23 bits signed a beat, with a last mark
`default_nettype none

module nl_intersect_mac_pe_16x128x16_hybrid_h9f5e2d (
  input  wire clk,
  input  wire rst,
  output wire [22:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready,
  input  wire a_row_at_i,
  input  wire [5:0] a_row_to_i,
  input  wire [75:0] a_row_i,
  input  wire a_value_at_i,
  input  wire [11:0] a_value_to_i,
  input  wire [7:0] a_value_i,
  input  wire a_whole_i,
  input  wire b_row_at_i,
  input  wire [3:0] b_row_to_i,
  input  wire [73:0] b_row_i,
  input  wire b_value_at_i,
  input  wire [9:0] b_value_to_i,
  input  wire [7:0] b_value_i,
  input  wire b_whole_i
);

  reg [1:0] a_whole_q;
  reg [1:0] b_whole_q;
  reg [4:0] sums_taken_q;
  reg [4:0] pairs_taken_q;
  reg block_q;
  reg [1:0] column_q;
  reg [3:0] product_row_q;
  reg [5:0] a_to_q;
  reg [5:0] a_line_q;
  reg [3:0] b_to_q;
  reg [3:0] b_base_q;
  reg [75:0] a_row_q;
  reg [73:0] b_row_q;
  reg [63:0] common_q;
  reg [2:0] state_p1_q;
  reg [2:0] state_p2_q;
  reg pair_there_p1_q;
  reg pair_there_p2_q;
  reg [4:0] pairs_some_q;
  reg pairs_first_valid_q;
  reg pairs_read_valid_q;
  reg [3:0] pairs_wr_q;
  reg [3:0] pairs_rd_q;
  reg [152:0] pairs_first_q;
  reg [2:0] count_sums1x0_q;
  reg [2:0] count_sums1x1_q;
  reg [2:0] count_sums1x2_q;
  reg [2:0] count_sums1x3_q;
  reg [2:0] count_sums1x4_q;
  reg [2:0] count_sums1x5_q;
  reg [2:0] count_sums1x6_q;
  reg [2:0] count_sums1x7_q;
  reg [2:0] count_sums1x8_q;
  reg [2:0] count_sums1x9_q;
  reg [2:0] count_sums1x10_q;
  reg [2:0] count_sums1x11_q;
  reg [2:0] count_sums1x12_q;
  reg [2:0] count_sums1x13_q;
  reg [2:0] count_sums1x14_q;
  reg [2:0] count_sums1x15_q;
  reg [4:0] count_sums3x0_q;
  reg [4:0] count_sums3x1_q;
  reg [4:0] count_sums3x2_q;
  reg [4:0] count_sums3x3_q;
  reg [6:0] count_sums5x0_q;
  reg count_there_p1_q;
  reg count_there_p2_q;
  reg count_there_p3_q;
  reg count_there_p4_q;
  reg count_there_p5_q;
  reg count_there_p6_q;
  reg [4:0] counts_some_q;
  reg counts_first_valid_q;
  reg counts_read_valid_q;
  reg [3:0] counts_wr_q;
  reg [3:0] counts_rd_q;
  reg [6:0] counts_first_q;
  reg active_q;
  reg [6:0] left_q;
  reg pair_last_q;
  reg [63:0] flags_q;
  reg [75:0] a_of_pair_q;
  reg [73:0] b_of_pair_q;
  reg [2:0] state_of_pair_q;
  reg pairs_there_q;
  reg pair_begins_q;
  reg [63:0] a_front_q;
  reg [2:0] a_sums1x0_q;
  reg [2:0] a_sums1x1_q;
  reg [2:0] a_sums1x2_q;
  reg [2:0] a_sums1x3_q;
  reg [2:0] a_sums1x4_q;
  reg [2:0] a_sums1x5_q;
  reg [2:0] a_sums1x6_q;
  reg [2:0] a_sums1x7_q;
  reg [2:0] a_sums1x8_q;
  reg [2:0] a_sums1x9_q;
  reg [2:0] a_sums1x10_q;
  reg [2:0] a_sums1x11_q;
  reg [2:0] a_sums1x12_q;
  reg [2:0] a_sums1x13_q;
  reg [2:0] a_sums1x14_q;
  reg [2:0] a_sums1x15_q;
  reg [4:0] a_sums3x0_q;
  reg [4:0] a_sums3x1_q;
  reg [4:0] a_sums3x2_q;
  reg [4:0] a_sums3x3_q;
  reg [6:0] a_sums5x0_q;
  reg [11:0] a_base_p1_q;
  reg [11:0] a_base_p2_q;
  reg [11:0] a_base_p3_q;
  reg [11:0] a_base_p4_q;
  reg [11:0] a_at_q;
  reg a_is_p1_q;
  reg a_is_p2_q;
  reg a_is_p3_q;
  reg a_is_p4_q;
  reg a_is_p5_q;
  reg [7:0] a_element_q;
  reg [63:0] b_front_q;
  reg [2:0] b_sums1x0_q;
  reg [2:0] b_sums1x1_q;
  reg [2:0] b_sums1x2_q;
  reg [2:0] b_sums1x3_q;
  reg [2:0] b_sums1x4_q;
  reg [2:0] b_sums1x5_q;
  reg [2:0] b_sums1x6_q;
  reg [2:0] b_sums1x7_q;
  reg [2:0] b_sums1x8_q;
  reg [2:0] b_sums1x9_q;
  reg [2:0] b_sums1x10_q;
  reg [2:0] b_sums1x11_q;
  reg [2:0] b_sums1x12_q;
  reg [2:0] b_sums1x13_q;
  reg [2:0] b_sums1x14_q;
  reg [2:0] b_sums1x15_q;
  reg [4:0] b_sums3x0_q;
  reg [4:0] b_sums3x1_q;
  reg [4:0] b_sums3x2_q;
  reg [4:0] b_sums3x3_q;
  reg [6:0] b_sums5x0_q;
  reg [9:0] b_base_p1_q;
  reg [9:0] b_base_p2_q;
  reg [9:0] b_base_p3_q;
  reg [9:0] b_base_p4_q;
  reg [9:0] b_at_q;
  reg b_is_p1_q;
  reg b_is_p2_q;
  reg b_is_p3_q;
  reg b_is_p4_q;
  reg b_is_p5_q;
  reg [7:0] b_element_q;
  reg signed [15:0] product_q;
  reg live_p1_q;
  reg live_p2_q;
  reg live_p3_q;
  reg live_p4_q;
  reg live_p5_q;
  reg live_p6_q;
  reg live_p7_q;
  reg live_p8_q;
  reg signed [15:0] term_q;
  reg first_p1_q;
  reg first_p2_q;
  reg first_p3_q;
  reg first_p4_q;
  reg first_p5_q;
  reg first_p6_q;
  reg first_p7_q;
  reg first_p8_q;
  reg first_p9_q;
  reg valid_p1_q;
  reg valid_p2_q;
  reg valid_p3_q;
  reg valid_p4_q;
  reg valid_p5_q;
  reg valid_p6_q;
  reg valid_p7_q;
  reg valid_p8_q;
  reg valid_p9_q;
  reg signed [22:0] sum_q;
  reg done_p1_q;
  reg done_p2_q;
  reg done_p3_q;
  reg done_p4_q;
  reg done_p5_q;
  reg done_p6_q;
  reg done_p7_q;
  reg done_p8_q;
  reg done_p9_q;
  reg done_p10_q;
  reg done_ends_p1_q;
  reg done_ends_p2_q;
  reg done_ends_p3_q;
  reg done_ends_p4_q;
  reg done_ends_p5_q;
  reg done_ends_p6_q;
  reg done_ends_p7_q;
  reg done_ends_p8_q;
  reg done_ends_p9_q;
  reg done_ends_p10_q;
  reg [4:0] sums_some_q;
  reg sums_first_valid_q;
  reg sums_read_valid_q;
  reg [3:0] sums_wr_q;
  reg [3:0] sums_rd_q;
  reg [23:0] sums_first_q;
  reg [75:0] a_rows_q;
  reg [75:0] a_rows [0:63];
  reg [7:0] a_values_q;
  reg [7:0] a_values [0:4095];
  reg [73:0] b_rows_q;
  reg [73:0] b_rows [0:15];
  reg [7:0] b_values_q;
  reg [7:0] b_values [0:1023];
  reg [152:0] pairs_q;
  reg [152:0] pairs [0:15];
  reg [6:0] counts_q;
  reg [6:0] counts [0:15];
  reg [23:0] sums_q;
  reg [23:0] sums [0:15];

  // blocks of each row and column, one a cycle
  wire go = (((|a_whole_q) & (|b_whole_q)) & (pairs_taken_q != 5'd16)) & ~(~block_q & (sums_taken_q == 5'd16));
  wire block_last = block_q == 1'd1;
  wire sum_ends = go & block_last;
  wire column_last = column_q == 2'd3;
  wire row_ends = sum_ends & column_last;
  wire product_row_last = product_row_q == 4'd15;
  wire frame_ends = row_ends & product_row_last;
  wire frame_done = frame_ends;
  wire [1:0] a_whole_up = a_whole_q + 2'd1;
  wire [1:0] a_whole_down = a_whole_q - 2'd1;
  wire [1:0] b_whole_up = b_whole_q + 2'd1;
  wire [1:0] b_whole_down = b_whole_q - 2'd1;
  wire [4:0] sums_taken_up = sums_taken_q + 5'd1;
  wire [4:0] sums_taken_down = sums_taken_q - 5'd1;
  wire [4:0] pairs_taken_up = pairs_taken_q + 5'd1;
  wire [4:0] pairs_taken_down = pairs_taken_q - 5'd1;

  // a flag of these a cycle
  wire loads = counts_first_valid_q & (~active_q | pair_last_q);

  // blocks of each row and column, one a cycle
  wire pair_loads = loads;
  wire block_inc = block_q + 1'd1;
  wire [1:0] column_inc = column_q + 2'd1;
  wire [3:0] product_row_inc = product_row_q + 4'd1;
  wire sums_taken_and = go & ~block_q;

  // products, summed
  wire sum_leaves = sums_first_valid_q & m_axis_tready;

  // blocks of each row and column, one a cycle
  wire [5:0] a_to_next_sum = a_to_q + 6'd1;
  wire [5:0] a_to_next = (a_to_q == 6'd63) ? 6'd0 : a_to_next_sum;
  wire [3:0] b_to_next_sum = b_to_q + 4'd1;
  wire [3:0] b_to_next = (b_to_q == 4'd15) ? 4'd0 : b_to_next_sum;

  // what both have in common
  wire [4:0] pairs_some_up = pairs_some_q + 5'd1;
  wire [4:0] pairs_some_down = pairs_some_q - 5'd1;
  wire pairs_first_free = ~pairs_first_valid_q | pair_loads;
  wire pairs_read_free = ~pairs_read_valid_q | pairs_first_free;
  wire pairs_fetch = pairs_read_free & (|pairs_some_q);
  wire [3:0] pairs_wr_inc = pairs_wr_q + 4'd1;
  wire [3:0] pairs_rd_inc = pairs_rd_q + 4'd1;
  wire [1:0] count_sum0x0 = {1'd0, common_q[0]} + {1'd0, common_q[1]};
  wire [1:0] count_sum0x1 = {1'd0, common_q[2]} + {1'd0, common_q[3]};
  wire [1:0] count_sum0x2 = {1'd0, common_q[4]} + {1'd0, common_q[5]};
  wire [1:0] count_sum0x3 = {1'd0, common_q[6]} + {1'd0, common_q[7]};
  wire [1:0] count_sum0x4 = {1'd0, common_q[8]} + {1'd0, common_q[9]};
  wire [1:0] count_sum0x5 = {1'd0, common_q[10]} + {1'd0, common_q[11]};
  wire [1:0] count_sum0x6 = {1'd0, common_q[12]} + {1'd0, common_q[13]};
  wire [1:0] count_sum0x7 = {1'd0, common_q[14]} + {1'd0, common_q[15]};
  wire [1:0] count_sum0x8 = {1'd0, common_q[16]} + {1'd0, common_q[17]};
  wire [1:0] count_sum0x9 = {1'd0, common_q[18]} + {1'd0, common_q[19]};
  wire [1:0] count_sum0x10 = {1'd0, common_q[20]} + {1'd0, common_q[21]};
  wire [1:0] count_sum0x11 = {1'd0, common_q[22]} + {1'd0, common_q[23]};
  wire [1:0] count_sum0x12 = {1'd0, common_q[24]} + {1'd0, common_q[25]};
  wire [1:0] count_sum0x13 = {1'd0, common_q[26]} + {1'd0, common_q[27]};
  wire [1:0] count_sum0x14 = {1'd0, common_q[28]} + {1'd0, common_q[29]};
  wire [1:0] count_sum0x15 = {1'd0, common_q[30]} + {1'd0, common_q[31]};
  wire [1:0] count_sum0x16 = {1'd0, common_q[32]} + {1'd0, common_q[33]};
  wire [1:0] count_sum0x17 = {1'd0, common_q[34]} + {1'd0, common_q[35]};
  wire [1:0] count_sum0x18 = {1'd0, common_q[36]} + {1'd0, common_q[37]};
  wire [1:0] count_sum0x19 = {1'd0, common_q[38]} + {1'd0, common_q[39]};
  wire [1:0] count_sum0x20 = {1'd0, common_q[40]} + {1'd0, common_q[41]};
  wire [1:0] count_sum0x21 = {1'd0, common_q[42]} + {1'd0, common_q[43]};
  wire [1:0] count_sum0x22 = {1'd0, common_q[44]} + {1'd0, common_q[45]};
  wire [1:0] count_sum0x23 = {1'd0, common_q[46]} + {1'd0, common_q[47]};
  wire [1:0] count_sum0x24 = {1'd0, common_q[48]} + {1'd0, common_q[49]};
  wire [1:0] count_sum0x25 = {1'd0, common_q[50]} + {1'd0, common_q[51]};
  wire [1:0] count_sum0x26 = {1'd0, common_q[52]} + {1'd0, common_q[53]};
  wire [1:0] count_sum0x27 = {1'd0, common_q[54]} + {1'd0, common_q[55]};
  wire [1:0] count_sum0x28 = {1'd0, common_q[56]} + {1'd0, common_q[57]};
  wire [1:0] count_sum0x29 = {1'd0, common_q[58]} + {1'd0, common_q[59]};
  wire [1:0] count_sum0x30 = {1'd0, common_q[60]} + {1'd0, common_q[61]};
  wire [1:0] count_sum0x31 = {1'd0, common_q[62]} + {1'd0, common_q[63]};
  wire [2:0] count_sum1x0 = {1'd0, count_sum0x0} + {1'd0, count_sum0x1};
  wire [2:0] count_sum1x1 = {1'd0, count_sum0x2} + {1'd0, count_sum0x3};
  wire [2:0] count_sum1x2 = {1'd0, count_sum0x4} + {1'd0, count_sum0x5};
  wire [2:0] count_sum1x3 = {1'd0, count_sum0x6} + {1'd0, count_sum0x7};
  wire [2:0] count_sum1x4 = {1'd0, count_sum0x8} + {1'd0, count_sum0x9};
  wire [2:0] count_sum1x5 = {1'd0, count_sum0x10} + {1'd0, count_sum0x11};
  wire [2:0] count_sum1x6 = {1'd0, count_sum0x12} + {1'd0, count_sum0x13};
  wire [2:0] count_sum1x7 = {1'd0, count_sum0x14} + {1'd0, count_sum0x15};
  wire [2:0] count_sum1x8 = {1'd0, count_sum0x16} + {1'd0, count_sum0x17};
  wire [2:0] count_sum1x9 = {1'd0, count_sum0x18} + {1'd0, count_sum0x19};
  wire [2:0] count_sum1x10 = {1'd0, count_sum0x20} + {1'd0, count_sum0x21};
  wire [2:0] count_sum1x11 = {1'd0, count_sum0x22} + {1'd0, count_sum0x23};
  wire [2:0] count_sum1x12 = {1'd0, count_sum0x24} + {1'd0, count_sum0x25};
  wire [2:0] count_sum1x13 = {1'd0, count_sum0x26} + {1'd0, count_sum0x27};
  wire [2:0] count_sum1x14 = {1'd0, count_sum0x28} + {1'd0, count_sum0x29};
  wire [2:0] count_sum1x15 = {1'd0, count_sum0x30} + {1'd0, count_sum0x31};
  wire [3:0] count_sum2x0 = {1'd0, count_sums1x0_q} + {1'd0, count_sums1x1_q};
  wire [3:0] count_sum2x1 = {1'd0, count_sums1x2_q} + {1'd0, count_sums1x3_q};
  wire [3:0] count_sum2x2 = {1'd0, count_sums1x4_q} + {1'd0, count_sums1x5_q};
  wire [3:0] count_sum2x3 = {1'd0, count_sums1x6_q} + {1'd0, count_sums1x7_q};
  wire [3:0] count_sum2x4 = {1'd0, count_sums1x8_q} + {1'd0, count_sums1x9_q};
  wire [3:0] count_sum2x5 = {1'd0, count_sums1x10_q} + {1'd0, count_sums1x11_q};
  wire [3:0] count_sum2x6 = {1'd0, count_sums1x12_q} + {1'd0, count_sums1x13_q};
  wire [3:0] count_sum2x7 = {1'd0, count_sums1x14_q} + {1'd0, count_sums1x15_q};
  wire [4:0] count_sum3x0 = {1'd0, count_sum2x0} + {1'd0, count_sum2x1};
  wire [4:0] count_sum3x1 = {1'd0, count_sum2x2} + {1'd0, count_sum2x3};
  wire [4:0] count_sum3x2 = {1'd0, count_sum2x4} + {1'd0, count_sum2x5};
  wire [4:0] count_sum3x3 = {1'd0, count_sum2x6} + {1'd0, count_sum2x7};
  wire [5:0] count_sum4x0 = {1'd0, count_sums3x0_q} + {1'd0, count_sums3x1_q};
  wire [5:0] count_sum4x1 = {1'd0, count_sums3x2_q} + {1'd0, count_sums3x3_q};
  wire [6:0] count_sum5x0 = {1'd0, count_sum4x0} + {1'd0, count_sum4x1};
  wire [4:0] counts_some_up = counts_some_q + 5'd1;
  wire [4:0] counts_some_down = counts_some_q - 5'd1;
  wire counts_first_free = ~counts_first_valid_q | pair_loads;
  wire counts_read_free = ~counts_read_valid_q | counts_first_free;
  wire counts_fetch = counts_read_free & (|counts_some_q);
  wire [3:0] counts_wr_inc = counts_wr_q + 4'd1;
  wire [3:0] counts_rd_inc = counts_rd_q + 4'd1;

  // a flag of these a cycle
  wire [6:0] left_less = left_q - 7'd1;
  wire [6:0] left_next = loads ? counts_first_q : left_less;
  wire [63:0] flags_less = flags_q - 64'h1;
  wire a_is_p1_d = active_q & pairs_there_q;
  wire [63:0] front = flags_less & ~flags_q;

  // flags in front of it in both: where the elements are
  wire [1:0] a_sum0x0 = {1'd0, a_front_q[0]} + {1'd0, a_front_q[1]};
  wire [1:0] a_sum0x1 = {1'd0, a_front_q[2]} + {1'd0, a_front_q[3]};
  wire [1:0] a_sum0x2 = {1'd0, a_front_q[4]} + {1'd0, a_front_q[5]};
  wire [1:0] a_sum0x3 = {1'd0, a_front_q[6]} + {1'd0, a_front_q[7]};
  wire [1:0] a_sum0x4 = {1'd0, a_front_q[8]} + {1'd0, a_front_q[9]};
  wire [1:0] a_sum0x5 = {1'd0, a_front_q[10]} + {1'd0, a_front_q[11]};
  wire [1:0] a_sum0x6 = {1'd0, a_front_q[12]} + {1'd0, a_front_q[13]};
  wire [1:0] a_sum0x7 = {1'd0, a_front_q[14]} + {1'd0, a_front_q[15]};
  wire [1:0] a_sum0x8 = {1'd0, a_front_q[16]} + {1'd0, a_front_q[17]};
  wire [1:0] a_sum0x9 = {1'd0, a_front_q[18]} + {1'd0, a_front_q[19]};
  wire [1:0] a_sum0x10 = {1'd0, a_front_q[20]} + {1'd0, a_front_q[21]};
  wire [1:0] a_sum0x11 = {1'd0, a_front_q[22]} + {1'd0, a_front_q[23]};
  wire [1:0] a_sum0x12 = {1'd0, a_front_q[24]} + {1'd0, a_front_q[25]};
  wire [1:0] a_sum0x13 = {1'd0, a_front_q[26]} + {1'd0, a_front_q[27]};
  wire [1:0] a_sum0x14 = {1'd0, a_front_q[28]} + {1'd0, a_front_q[29]};
  wire [1:0] a_sum0x15 = {1'd0, a_front_q[30]} + {1'd0, a_front_q[31]};
  wire [1:0] a_sum0x16 = {1'd0, a_front_q[32]} + {1'd0, a_front_q[33]};
  wire [1:0] a_sum0x17 = {1'd0, a_front_q[34]} + {1'd0, a_front_q[35]};
  wire [1:0] a_sum0x18 = {1'd0, a_front_q[36]} + {1'd0, a_front_q[37]};
  wire [1:0] a_sum0x19 = {1'd0, a_front_q[38]} + {1'd0, a_front_q[39]};
  wire [1:0] a_sum0x20 = {1'd0, a_front_q[40]} + {1'd0, a_front_q[41]};
  wire [1:0] a_sum0x21 = {1'd0, a_front_q[42]} + {1'd0, a_front_q[43]};
  wire [1:0] a_sum0x22 = {1'd0, a_front_q[44]} + {1'd0, a_front_q[45]};
  wire [1:0] a_sum0x23 = {1'd0, a_front_q[46]} + {1'd0, a_front_q[47]};
  wire [1:0] a_sum0x24 = {1'd0, a_front_q[48]} + {1'd0, a_front_q[49]};
  wire [1:0] a_sum0x25 = {1'd0, a_front_q[50]} + {1'd0, a_front_q[51]};
  wire [1:0] a_sum0x26 = {1'd0, a_front_q[52]} + {1'd0, a_front_q[53]};
  wire [1:0] a_sum0x27 = {1'd0, a_front_q[54]} + {1'd0, a_front_q[55]};
  wire [1:0] a_sum0x28 = {1'd0, a_front_q[56]} + {1'd0, a_front_q[57]};
  wire [1:0] a_sum0x29 = {1'd0, a_front_q[58]} + {1'd0, a_front_q[59]};
  wire [1:0] a_sum0x30 = {1'd0, a_front_q[60]} + {1'd0, a_front_q[61]};
  wire [1:0] a_sum0x31 = {1'd0, a_front_q[62]} + {1'd0, a_front_q[63]};
  wire [2:0] a_sum1x0 = {1'd0, a_sum0x0} + {1'd0, a_sum0x1};
  wire [2:0] a_sum1x1 = {1'd0, a_sum0x2} + {1'd0, a_sum0x3};
  wire [2:0] a_sum1x2 = {1'd0, a_sum0x4} + {1'd0, a_sum0x5};
  wire [2:0] a_sum1x3 = {1'd0, a_sum0x6} + {1'd0, a_sum0x7};
  wire [2:0] a_sum1x4 = {1'd0, a_sum0x8} + {1'd0, a_sum0x9};
  wire [2:0] a_sum1x5 = {1'd0, a_sum0x10} + {1'd0, a_sum0x11};
  wire [2:0] a_sum1x6 = {1'd0, a_sum0x12} + {1'd0, a_sum0x13};
  wire [2:0] a_sum1x7 = {1'd0, a_sum0x14} + {1'd0, a_sum0x15};
  wire [2:0] a_sum1x8 = {1'd0, a_sum0x16} + {1'd0, a_sum0x17};
  wire [2:0] a_sum1x9 = {1'd0, a_sum0x18} + {1'd0, a_sum0x19};
  wire [2:0] a_sum1x10 = {1'd0, a_sum0x20} + {1'd0, a_sum0x21};
  wire [2:0] a_sum1x11 = {1'd0, a_sum0x22} + {1'd0, a_sum0x23};
  wire [2:0] a_sum1x12 = {1'd0, a_sum0x24} + {1'd0, a_sum0x25};
  wire [2:0] a_sum1x13 = {1'd0, a_sum0x26} + {1'd0, a_sum0x27};
  wire [2:0] a_sum1x14 = {1'd0, a_sum0x28} + {1'd0, a_sum0x29};
  wire [2:0] a_sum1x15 = {1'd0, a_sum0x30} + {1'd0, a_sum0x31};
  wire [3:0] a_sum2x0 = {1'd0, a_sums1x0_q} + {1'd0, a_sums1x1_q};
  wire [3:0] a_sum2x1 = {1'd0, a_sums1x2_q} + {1'd0, a_sums1x3_q};
  wire [3:0] a_sum2x2 = {1'd0, a_sums1x4_q} + {1'd0, a_sums1x5_q};
  wire [3:0] a_sum2x3 = {1'd0, a_sums1x6_q} + {1'd0, a_sums1x7_q};
  wire [3:0] a_sum2x4 = {1'd0, a_sums1x8_q} + {1'd0, a_sums1x9_q};
  wire [3:0] a_sum2x5 = {1'd0, a_sums1x10_q} + {1'd0, a_sums1x11_q};
  wire [3:0] a_sum2x6 = {1'd0, a_sums1x12_q} + {1'd0, a_sums1x13_q};
  wire [3:0] a_sum2x7 = {1'd0, a_sums1x14_q} + {1'd0, a_sums1x15_q};
  wire [4:0] a_sum3x0 = {1'd0, a_sum2x0} + {1'd0, a_sum2x1};
  wire [4:0] a_sum3x1 = {1'd0, a_sum2x2} + {1'd0, a_sum2x3};
  wire [4:0] a_sum3x2 = {1'd0, a_sum2x4} + {1'd0, a_sum2x5};
  wire [4:0] a_sum3x3 = {1'd0, a_sum2x6} + {1'd0, a_sum2x7};
  wire [5:0] a_sum4x0 = {1'd0, a_sums3x0_q} + {1'd0, a_sums3x1_q};
  wire [5:0] a_sum4x1 = {1'd0, a_sums3x2_q} + {1'd0, a_sums3x3_q};
  wire [6:0] a_sum5x0 = {1'd0, a_sum4x0} + {1'd0, a_sum4x1};
  wire [11:0] a_goes_to = a_base_p4_q + {5'd0, a_sums5x0_q};
  wire [1:0] b_sum0x0 = {1'd0, b_front_q[0]} + {1'd0, b_front_q[1]};
  wire [1:0] b_sum0x1 = {1'd0, b_front_q[2]} + {1'd0, b_front_q[3]};
  wire [1:0] b_sum0x2 = {1'd0, b_front_q[4]} + {1'd0, b_front_q[5]};
  wire [1:0] b_sum0x3 = {1'd0, b_front_q[6]} + {1'd0, b_front_q[7]};
  wire [1:0] b_sum0x4 = {1'd0, b_front_q[8]} + {1'd0, b_front_q[9]};
  wire [1:0] b_sum0x5 = {1'd0, b_front_q[10]} + {1'd0, b_front_q[11]};
  wire [1:0] b_sum0x6 = {1'd0, b_front_q[12]} + {1'd0, b_front_q[13]};
  wire [1:0] b_sum0x7 = {1'd0, b_front_q[14]} + {1'd0, b_front_q[15]};
  wire [1:0] b_sum0x8 = {1'd0, b_front_q[16]} + {1'd0, b_front_q[17]};
  wire [1:0] b_sum0x9 = {1'd0, b_front_q[18]} + {1'd0, b_front_q[19]};
  wire [1:0] b_sum0x10 = {1'd0, b_front_q[20]} + {1'd0, b_front_q[21]};
  wire [1:0] b_sum0x11 = {1'd0, b_front_q[22]} + {1'd0, b_front_q[23]};
  wire [1:0] b_sum0x12 = {1'd0, b_front_q[24]} + {1'd0, b_front_q[25]};
  wire [1:0] b_sum0x13 = {1'd0, b_front_q[26]} + {1'd0, b_front_q[27]};
  wire [1:0] b_sum0x14 = {1'd0, b_front_q[28]} + {1'd0, b_front_q[29]};
  wire [1:0] b_sum0x15 = {1'd0, b_front_q[30]} + {1'd0, b_front_q[31]};
  wire [1:0] b_sum0x16 = {1'd0, b_front_q[32]} + {1'd0, b_front_q[33]};
  wire [1:0] b_sum0x17 = {1'd0, b_front_q[34]} + {1'd0, b_front_q[35]};
  wire [1:0] b_sum0x18 = {1'd0, b_front_q[36]} + {1'd0, b_front_q[37]};
  wire [1:0] b_sum0x19 = {1'd0, b_front_q[38]} + {1'd0, b_front_q[39]};
  wire [1:0] b_sum0x20 = {1'd0, b_front_q[40]} + {1'd0, b_front_q[41]};
  wire [1:0] b_sum0x21 = {1'd0, b_front_q[42]} + {1'd0, b_front_q[43]};
  wire [1:0] b_sum0x22 = {1'd0, b_front_q[44]} + {1'd0, b_front_q[45]};
  wire [1:0] b_sum0x23 = {1'd0, b_front_q[46]} + {1'd0, b_front_q[47]};
  wire [1:0] b_sum0x24 = {1'd0, b_front_q[48]} + {1'd0, b_front_q[49]};
  wire [1:0] b_sum0x25 = {1'd0, b_front_q[50]} + {1'd0, b_front_q[51]};
  wire [1:0] b_sum0x26 = {1'd0, b_front_q[52]} + {1'd0, b_front_q[53]};
  wire [1:0] b_sum0x27 = {1'd0, b_front_q[54]} + {1'd0, b_front_q[55]};
  wire [1:0] b_sum0x28 = {1'd0, b_front_q[56]} + {1'd0, b_front_q[57]};
  wire [1:0] b_sum0x29 = {1'd0, b_front_q[58]} + {1'd0, b_front_q[59]};
  wire [1:0] b_sum0x30 = {1'd0, b_front_q[60]} + {1'd0, b_front_q[61]};
  wire [1:0] b_sum0x31 = {1'd0, b_front_q[62]} + {1'd0, b_front_q[63]};
  wire [2:0] b_sum1x0 = {1'd0, b_sum0x0} + {1'd0, b_sum0x1};
  wire [2:0] b_sum1x1 = {1'd0, b_sum0x2} + {1'd0, b_sum0x3};
  wire [2:0] b_sum1x2 = {1'd0, b_sum0x4} + {1'd0, b_sum0x5};
  wire [2:0] b_sum1x3 = {1'd0, b_sum0x6} + {1'd0, b_sum0x7};
  wire [2:0] b_sum1x4 = {1'd0, b_sum0x8} + {1'd0, b_sum0x9};
  wire [2:0] b_sum1x5 = {1'd0, b_sum0x10} + {1'd0, b_sum0x11};
  wire [2:0] b_sum1x6 = {1'd0, b_sum0x12} + {1'd0, b_sum0x13};
  wire [2:0] b_sum1x7 = {1'd0, b_sum0x14} + {1'd0, b_sum0x15};
  wire [2:0] b_sum1x8 = {1'd0, b_sum0x16} + {1'd0, b_sum0x17};
  wire [2:0] b_sum1x9 = {1'd0, b_sum0x18} + {1'd0, b_sum0x19};
  wire [2:0] b_sum1x10 = {1'd0, b_sum0x20} + {1'd0, b_sum0x21};
  wire [2:0] b_sum1x11 = {1'd0, b_sum0x22} + {1'd0, b_sum0x23};
  wire [2:0] b_sum1x12 = {1'd0, b_sum0x24} + {1'd0, b_sum0x25};
  wire [2:0] b_sum1x13 = {1'd0, b_sum0x26} + {1'd0, b_sum0x27};
  wire [2:0] b_sum1x14 = {1'd0, b_sum0x28} + {1'd0, b_sum0x29};
  wire [2:0] b_sum1x15 = {1'd0, b_sum0x30} + {1'd0, b_sum0x31};
  wire [3:0] b_sum2x0 = {1'd0, b_sums1x0_q} + {1'd0, b_sums1x1_q};
  wire [3:0] b_sum2x1 = {1'd0, b_sums1x2_q} + {1'd0, b_sums1x3_q};
  wire [3:0] b_sum2x2 = {1'd0, b_sums1x4_q} + {1'd0, b_sums1x5_q};
  wire [3:0] b_sum2x3 = {1'd0, b_sums1x6_q} + {1'd0, b_sums1x7_q};
  wire [3:0] b_sum2x4 = {1'd0, b_sums1x8_q} + {1'd0, b_sums1x9_q};
  wire [3:0] b_sum2x5 = {1'd0, b_sums1x10_q} + {1'd0, b_sums1x11_q};
  wire [3:0] b_sum2x6 = {1'd0, b_sums1x12_q} + {1'd0, b_sums1x13_q};
  wire [3:0] b_sum2x7 = {1'd0, b_sums1x14_q} + {1'd0, b_sums1x15_q};
  wire [4:0] b_sum3x0 = {1'd0, b_sum2x0} + {1'd0, b_sum2x1};
  wire [4:0] b_sum3x1 = {1'd0, b_sum2x2} + {1'd0, b_sum2x3};
  wire [4:0] b_sum3x2 = {1'd0, b_sum2x4} + {1'd0, b_sum2x5};
  wire [4:0] b_sum3x3 = {1'd0, b_sum2x6} + {1'd0, b_sum2x7};
  wire [5:0] b_sum4x0 = {1'd0, b_sums3x0_q} + {1'd0, b_sums3x1_q};
  wire [5:0] b_sum4x1 = {1'd0, b_sums3x2_q} + {1'd0, b_sums3x3_q};
  wire [6:0] b_sum5x0 = {1'd0, b_sum4x0} + {1'd0, b_sum4x1};
  wire [9:0] b_goes_to = b_base_p4_q + {3'd0, b_sums5x0_q};

  // products, summed
  wire signed [15:0] product_d = $signed({{8{a_element_q[7]}}, a_element_q}) * $signed({{8{b_element_q[7]}},
      b_element_q});
  wire signed [22:0] sum_next = (first_p9_q ? 23'h0 : sum_q) + {{7{term_q[15]}}, term_q};
  wire [4:0] sums_some_up = sums_some_q + 5'd1;
  wire [4:0] sums_some_down = sums_some_q - 5'd1;
  wire sums_first_free = ~sums_first_valid_q | m_axis_tready;
  wire sums_read_free = ~sums_read_valid_q | sums_first_free;
  wire sums_fetch = sums_read_free & (|sums_some_q);
  wire [3:0] sums_wr_inc = sums_wr_q + 4'd1;
  wire [3:0] sums_rd_inc = sums_rd_q + 4'd1;
  assign m_axis_tdata = sums_first_q[22:0];
  assign m_axis_tlast = sums_first_q[23];

  // blocks of each row and column, one a cycle
  always @(posedge clk) if (a_row_at_i) begin
    a_rows[a_row_to_i] <= a_row_i;
  end
  always @(posedge clk) if (go) begin
    a_rows_q <= a_rows[a_to_q];
  end

  // blocks of each row and column, one a cycle
  always @(posedge clk) if (a_value_at_i) begin
    a_values[a_value_to_i] <= a_value_i;
  end
  always @(posedge clk) if (a_is_p5_q) begin
    a_values_q <= a_values[a_at_q];
  end

  // blocks of each row and column, one a cycle
  always @(posedge clk) if (b_row_at_i) begin
    b_rows[b_row_to_i] <= b_row_i;
  end
  always @(posedge clk) if (go) begin
    b_rows_q <= b_rows[b_to_q];
  end

  // blocks of each row and column, one a cycle
  always @(posedge clk) if (b_value_at_i) begin
    b_values[b_value_to_i] <= b_value_i;
  end
  always @(posedge clk) if (b_is_p5_q) begin
    b_values_q <= b_values[b_at_q];
  end

  // what both have in common
  always @(posedge clk) if (pair_there_p2_q) begin
    pairs[pairs_wr_q] <= {state_p2_q, b_row_q, a_row_q};
  end
  always @(posedge clk) if (pairs_fetch) begin
    pairs_q <= pairs[pairs_rd_q];
  end

  // what both have in common
  always @(posedge clk) if (count_there_p6_q) begin
    counts[counts_wr_q] <= count_sums5x0_q;
  end
  always @(posedge clk) if (counts_fetch) begin
    counts_q <= counts[counts_rd_q];
  end

  // products, summed
  always @(posedge clk) if (done_p10_q) begin
    sums[sums_wr_q] <= {done_ends_p10_q, sum_q};
  end
  always @(posedge clk) if (sums_fetch) begin
    sums_q <= sums[sums_rd_q];
  end

  assign m_axis_tvalid = sums_first_valid_q;

  // blocks of each row and column, one a cycle
  always @(posedge clk) begin
    if (rst) begin
      a_whole_q <= 2'd0;
    end else if (a_whole_i ^ frame_done) begin
      a_whole_q <= a_whole_i ? a_whole_up : a_whole_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      b_whole_q <= 2'd0;
    end else if (b_whole_i ^ frame_done) begin
      b_whole_q <= b_whole_i ? b_whole_up : b_whole_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      sums_taken_q <= 5'd0;
    end else if (sums_taken_and ^ sum_leaves) begin
      sums_taken_q <= sums_taken_and ? sums_taken_up : sums_taken_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      pairs_taken_q <= 5'd0;
    end else if (go ^ pair_loads) begin
      pairs_taken_q <= go ? pairs_taken_up : pairs_taken_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      block_q <= 1'd0;
      a_to_q <= 6'd0;
      b_to_q <= 4'd0;
    end else if (go) begin
      block_q <= block_inc;
      a_to_q <= (sum_ends & ~row_ends) ? a_line_q : a_to_next;
      b_to_q <= (row_ends & ~frame_ends) ? b_base_q : b_to_next;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      column_q <= 2'd0;
    end else if (sum_ends) begin
      column_q <= column_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      product_row_q <= 4'd0;
      a_line_q <= 6'd0;
    end else if (row_ends) begin
      product_row_q <= product_row_inc;
      a_line_q <= a_to_next;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      b_base_q <= 4'd0;
    end else if (frame_ends) begin
      b_base_q <= b_to_next;
    end
  end

  always @(posedge clk) begin
    a_row_q <= a_rows_q;
    b_row_q <= b_rows_q;
  end

  // what both have in common
  always @(posedge clk) begin
    common_q <= a_row_q[63:0] & b_row_q[63:0];
    state_p1_q <= {frame_ends, block_last, ~block_q};
    state_p2_q <= state_p1_q;
    count_sums1x0_q <= count_sum1x0;
    count_sums1x1_q <= count_sum1x1;
    count_sums1x2_q <= count_sum1x2;
    count_sums1x3_q <= count_sum1x3;
    count_sums1x4_q <= count_sum1x4;
    count_sums1x5_q <= count_sum1x5;
    count_sums1x6_q <= count_sum1x6;
    count_sums1x7_q <= count_sum1x7;
    count_sums1x8_q <= count_sum1x8;
    count_sums1x9_q <= count_sum1x9;
    count_sums1x10_q <= count_sum1x10;
    count_sums1x11_q <= count_sum1x11;
    count_sums1x12_q <= count_sum1x12;
    count_sums1x13_q <= count_sum1x13;
    count_sums1x14_q <= count_sum1x14;
    count_sums1x15_q <= count_sum1x15;
    count_sums3x0_q <= count_sum3x0;
    count_sums3x1_q <= count_sum3x1;
    count_sums3x2_q <= count_sum3x2;
    count_sums3x3_q <= count_sum3x3;
    count_sums5x0_q <= count_sum5x0;
  end

  always @(posedge clk) begin
    if (rst) begin
      pair_there_p1_q <= 1'd0;
      pair_there_p2_q <= 1'd0;
      count_there_p1_q <= 1'd0;
      count_there_p2_q <= 1'd0;
      count_there_p3_q <= 1'd0;
      count_there_p4_q <= 1'd0;
      count_there_p5_q <= 1'd0;
      count_there_p6_q <= 1'd0;
    end else begin
      pair_there_p1_q <= go;
      pair_there_p2_q <= pair_there_p1_q;
      count_there_p1_q <= go;
      count_there_p2_q <= count_there_p1_q;
      count_there_p3_q <= count_there_p2_q;
      count_there_p4_q <= count_there_p3_q;
      count_there_p5_q <= count_there_p4_q;
      count_there_p6_q <= count_there_p5_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      pairs_some_q <= 5'd0;
    end else if (pair_there_p2_q ^ pairs_fetch) begin
      pairs_some_q <= pair_there_p2_q ? pairs_some_up : pairs_some_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      pairs_first_valid_q <= 1'd0;
    end else if (pairs_first_free) begin
      pairs_first_valid_q <= pairs_read_valid_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      pairs_read_valid_q <= 1'd0;
    end else if (pairs_read_free) begin
      pairs_read_valid_q <= |pairs_some_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      pairs_wr_q <= 4'd0;
    end else if (pair_there_p2_q) begin
      pairs_wr_q <= pairs_wr_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      pairs_rd_q <= 4'd0;
    end else if (pairs_fetch) begin
      pairs_rd_q <= pairs_rd_inc;
    end
  end

  always @(posedge clk) begin
    if (pairs_first_free) begin
      pairs_first_q <= pairs_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      counts_some_q <= 5'd0;
    end else if (count_there_p6_q ^ counts_fetch) begin
      counts_some_q <= count_there_p6_q ? counts_some_up : counts_some_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      counts_first_valid_q <= 1'd0;
    end else if (counts_first_free) begin
      counts_first_valid_q <= counts_read_valid_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      counts_read_valid_q <= 1'd0;
    end else if (counts_read_free) begin
      counts_read_valid_q <= |counts_some_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      counts_wr_q <= 4'd0;
    end else if (count_there_p6_q) begin
      counts_wr_q <= counts_wr_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      counts_rd_q <= 4'd0;
    end else if (counts_fetch) begin
      counts_rd_q <= counts_rd_inc;
    end
  end

  always @(posedge clk) begin
    if (counts_first_free) begin
      counts_first_q <= counts_q;
    end
  end

  // a flag of these a cycle
  always @(posedge clk) begin
    if (rst) begin
      active_q <= 1'd0;
    end else if (~active_q | pair_last_q) begin
      active_q <= counts_first_valid_q;
    end
  end

  always @(posedge clk) begin
    if (loads | active_q) begin
      left_q <= left_next;
      pair_last_q <= ~(|(left_next[6:1]));
      flags_q <= loads ? (pairs_first_q[63:0] & pairs_first_q[139:76]) : (flags_q & flags_less);
      pair_begins_q <= loads;
    end
  end

  always @(posedge clk) begin
    if (loads) begin
      a_of_pair_q <= pairs_first_q[75:0];
      b_of_pair_q <= pairs_first_q[149:76];
      state_of_pair_q <= pairs_first_q[152:150];
      pairs_there_q <= |counts_first_q;
    end
  end

  // flags in front of it in both: where the elements are
  always @(posedge clk) begin
    a_front_q <= a_of_pair_q[63:0] & front;
    a_sums1x0_q <= a_sum1x0;
    a_sums1x1_q <= a_sum1x1;
    a_sums1x2_q <= a_sum1x2;
    a_sums1x3_q <= a_sum1x3;
    a_sums1x4_q <= a_sum1x4;
    a_sums1x5_q <= a_sum1x5;
    a_sums1x6_q <= a_sum1x6;
    a_sums1x7_q <= a_sum1x7;
    a_sums1x8_q <= a_sum1x8;
    a_sums1x9_q <= a_sum1x9;
    a_sums1x10_q <= a_sum1x10;
    a_sums1x11_q <= a_sum1x11;
    a_sums1x12_q <= a_sum1x12;
    a_sums1x13_q <= a_sum1x13;
    a_sums1x14_q <= a_sum1x14;
    a_sums1x15_q <= a_sum1x15;
    a_sums3x0_q <= a_sum3x0;
    a_sums3x1_q <= a_sum3x1;
    a_sums3x2_q <= a_sum3x2;
    a_sums3x3_q <= a_sum3x3;
    a_sums5x0_q <= a_sum5x0;
    a_base_p1_q <= a_of_pair_q[75:64];
    a_base_p2_q <= a_base_p1_q;
    a_base_p3_q <= a_base_p2_q;
    a_base_p4_q <= a_base_p3_q;
    a_at_q <= a_goes_to;
    a_element_q <= a_values_q;
    b_front_q <= b_of_pair_q[63:0] & front;
    b_sums1x0_q <= b_sum1x0;
    b_sums1x1_q <= b_sum1x1;
    b_sums1x2_q <= b_sum1x2;
    b_sums1x3_q <= b_sum1x3;
    b_sums1x4_q <= b_sum1x4;
    b_sums1x5_q <= b_sum1x5;
    b_sums1x6_q <= b_sum1x6;
    b_sums1x7_q <= b_sum1x7;
    b_sums1x8_q <= b_sum1x8;
    b_sums1x9_q <= b_sum1x9;
    b_sums1x10_q <= b_sum1x10;
    b_sums1x11_q <= b_sum1x11;
    b_sums1x12_q <= b_sum1x12;
    b_sums1x13_q <= b_sum1x13;
    b_sums1x14_q <= b_sum1x14;
    b_sums1x15_q <= b_sum1x15;
    b_sums3x0_q <= b_sum3x0;
    b_sums3x1_q <= b_sum3x1;
    b_sums3x2_q <= b_sum3x2;
    b_sums3x3_q <= b_sum3x3;
    b_sums5x0_q <= b_sum5x0;
    b_base_p1_q <= b_of_pair_q[73:64];
    b_base_p2_q <= b_base_p1_q;
    b_base_p3_q <= b_base_p2_q;
    b_base_p4_q <= b_base_p3_q;
    b_at_q <= b_goes_to;
    b_element_q <= b_values_q;
  end

  always @(posedge clk) begin
    if (rst) begin
      a_is_p1_q <= 1'd0;
      a_is_p2_q <= 1'd0;
      a_is_p3_q <= 1'd0;
      a_is_p4_q <= 1'd0;
      a_is_p5_q <= 1'd0;
      b_is_p1_q <= 1'd0;
      b_is_p2_q <= 1'd0;
      b_is_p3_q <= 1'd0;
      b_is_p4_q <= 1'd0;
      b_is_p5_q <= 1'd0;
    end else begin
      a_is_p1_q <= a_is_p1_d;
      a_is_p2_q <= a_is_p1_q;
      a_is_p3_q <= a_is_p2_q;
      a_is_p4_q <= a_is_p3_q;
      a_is_p5_q <= a_is_p4_q;
      b_is_p1_q <= a_is_p1_d;
      b_is_p2_q <= b_is_p1_q;
      b_is_p3_q <= b_is_p2_q;
      b_is_p4_q <= b_is_p3_q;
      b_is_p5_q <= b_is_p4_q;
    end
  end

  // products, summed
  always @(posedge clk) begin
    product_q <= product_d;
    term_q <= live_p8_q ? product_q : 16'd0;
    first_p1_q <= pair_begins_q & state_of_pair_q[0];
    first_p2_q <= first_p1_q;
    first_p3_q <= first_p2_q;
    first_p4_q <= first_p3_q;
    first_p5_q <= first_p4_q;
    first_p6_q <= first_p5_q;
    first_p7_q <= first_p6_q;
    first_p8_q <= first_p7_q;
    first_p9_q <= first_p8_q;
    done_ends_p1_q <= state_of_pair_q[2];
    done_ends_p2_q <= done_ends_p1_q;
    done_ends_p3_q <= done_ends_p2_q;
    done_ends_p4_q <= done_ends_p3_q;
    done_ends_p5_q <= done_ends_p4_q;
    done_ends_p6_q <= done_ends_p5_q;
    done_ends_p7_q <= done_ends_p6_q;
    done_ends_p8_q <= done_ends_p7_q;
    done_ends_p9_q <= done_ends_p8_q;
    done_ends_p10_q <= done_ends_p9_q;
  end

  always @(posedge clk) begin
    if (rst) begin
      live_p1_q <= 1'd0;
      live_p2_q <= 1'd0;
      live_p3_q <= 1'd0;
      live_p4_q <= 1'd0;
      live_p5_q <= 1'd0;
      live_p6_q <= 1'd0;
      live_p7_q <= 1'd0;
      live_p8_q <= 1'd0;
      valid_p1_q <= 1'd0;
      valid_p2_q <= 1'd0;
      valid_p3_q <= 1'd0;
      valid_p4_q <= 1'd0;
      valid_p5_q <= 1'd0;
      valid_p6_q <= 1'd0;
      valid_p7_q <= 1'd0;
      valid_p8_q <= 1'd0;
      valid_p9_q <= 1'd0;
      done_p1_q <= 1'd0;
      done_p2_q <= 1'd0;
      done_p3_q <= 1'd0;
      done_p4_q <= 1'd0;
      done_p5_q <= 1'd0;
      done_p6_q <= 1'd0;
      done_p7_q <= 1'd0;
      done_p8_q <= 1'd0;
      done_p9_q <= 1'd0;
      done_p10_q <= 1'd0;
    end else begin
      live_p1_q <= a_is_p1_d;
      live_p2_q <= live_p1_q;
      live_p3_q <= live_p2_q;
      live_p4_q <= live_p3_q;
      live_p5_q <= live_p4_q;
      live_p6_q <= live_p5_q;
      live_p7_q <= live_p6_q;
      live_p8_q <= live_p7_q;
      valid_p1_q <= active_q;
      valid_p2_q <= valid_p1_q;
      valid_p3_q <= valid_p2_q;
      valid_p4_q <= valid_p3_q;
      valid_p5_q <= valid_p4_q;
      valid_p6_q <= valid_p5_q;
      valid_p7_q <= valid_p6_q;
      valid_p8_q <= valid_p7_q;
      valid_p9_q <= valid_p8_q;
      done_p1_q <= (active_q & pair_last_q) & state_of_pair_q[1];
      done_p2_q <= done_p1_q;
      done_p3_q <= done_p2_q;
      done_p4_q <= done_p3_q;
      done_p5_q <= done_p4_q;
      done_p6_q <= done_p5_q;
      done_p7_q <= done_p6_q;
      done_p8_q <= done_p7_q;
      done_p9_q <= done_p8_q;
      done_p10_q <= done_p9_q;
    end
  end

  always @(posedge clk) begin
    if (valid_p9_q) begin
      sum_q <= sum_next;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      sums_some_q <= 5'd0;
    end else if (done_p10_q ^ sums_fetch) begin
      sums_some_q <= done_p10_q ? sums_some_up : sums_some_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      sums_first_valid_q <= 1'd0;
    end else if (sums_first_free) begin
      sums_first_valid_q <= sums_read_valid_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      sums_read_valid_q <= 1'd0;
    end else if (sums_read_free) begin
      sums_read_valid_q <= |sums_some_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      sums_wr_q <= 4'd0;
    end else if (done_p10_q) begin
      sums_wr_q <= sums_wr_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      sums_rd_q <= 4'd0;
    end else if (sums_fetch) begin
      sums_rd_q <= sums_rd_inc;
    end
  end

  always @(posedge clk) begin
    if (sums_first_free) begin
      sums_first_q <= sums_q;
    end
  end

endmodule

`default_nettype wire

// nl_intersect_mac_16x128x16_hybrid_h9f5e2d
// block     intersect_mac: multiplies two sparse matrices, a cycle for each pair of elements that are there
// computes  c[i][j] = sum over k of a[i][k] * b[k][j]; both are codes of bitmaps or coordinates
// config    defaults
// niello    0.1.0, config 428aaa34329f5e2d
// in  a_axis: 8 x 8 bits unsigned a beat, with a last mark
// in  b_axis: 8 x 8 bits unsigned a beat, with a last mark
// out m_axis: 4 x 23 bits signed a beat, with a last mark
// out a_report: 2 x 12 bits unsigned a beat
// out b_report: 2 x 12 bits unsigned a beat
`default_nettype none

module nl_intersect_mac_16x128x16_hybrid_h9f5e2d (
  input  wire clk,
  input  wire rst,
  input  wire [63:0] a_axis_tdata,
  input  wire a_axis_tvalid,
  input  wire a_axis_tlast,
  output wire a_axis_tready,
  input  wire [63:0] b_axis_tdata,
  input  wire b_axis_tvalid,
  input  wire b_axis_tlast,
  output wire b_axis_tready,
  output wire [91:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready,
  output wire [23:0] a_report_tdata,
  output wire a_report_tvalid,
  input  wire a_report_tready,
  output wire [23:0] b_report_tdata,
  output wire b_report_tvalid,
  input  wire b_report_tready
);

  reg out_valid_q;
  reg frame_left_q;
  reg [91:0] out_q;
  reg out_last_q;
  wire a_axis_ready;
  wire [23:0] a_m_report_tdata;
  wire a_m_report_tvalid;
  wire b_axis_ready;
  wire [23:0] b_m_report_tdata;
  wire b_m_report_tvalid;
  wire a_whole_o;
  wire a_value_at_o;
  wire [11:0] a_value_to_o;
  wire [7:0] a_value_o;
  wire a_row_at_o;
  wire [5:0] a_row_to_o;
  wire [75:0] a_row_o;
  wire b_whole_o;
  wire b_value_at_o;
  wire [9:0] b_value_to_o;
  wire [7:0] b_value_o;
  wire [1:0] b_value_pe_o;
  wire b_row_at_o;
  wire [3:0] b_row_to_o;
  wire [73:0] b_row_o;
  wire [1:0] b_row_pe_o;
  wire [22:0] pe0_m_axis_tdata;
  wire pe0_m_axis_tvalid;
  wire out_last_d;
  wire [22:0] pe1_m_axis_tdata;
  wire pe1_m_axis_tvalid;
  wire [22:0] pe2_m_axis_tdata;
  wire pe2_m_axis_tvalid;
  wire [22:0] pe3_m_axis_tdata;
  wire pe3_m_axis_tvalid;

  // both operands
  wire matrices_freed = frame_left_q;

  // a sum of each
  wire sums_there = ((pe0_m_axis_tvalid & pe1_m_axis_tvalid) & pe2_m_axis_tvalid) & pe3_m_axis_tvalid;
  wire out_free = ~out_valid_q | m_axis_tready;
  wire sums_leave = sums_there & out_free;

  // both operands
  nl_intersect_mac_operand_16of1x2_hybrid64_w8_64 u_a (
    .clk(clk),
    .rst(rst),
    .s_axis_tdata(a_axis_tdata),
    .s_axis_tvalid(a_axis_tvalid),
    .s_axis_tlast(a_axis_tlast),
    .s_axis_tready(a_axis_ready),
    .m_report_tdata(a_m_report_tdata),
    .m_report_tvalid(a_m_report_tvalid),
    .m_report_tready(a_report_tready),
    .freed_i(matrices_freed),
    .whole_o(a_whole_o),
    .value_at_o(a_value_at_o),
    .value_to_o(a_value_to_o),
    .value_o(a_value_o),
    .row_at_o(a_row_at_o),
    .row_to_o(a_row_to_o),
    .row_o(a_row_o)
  );

  // both operands
  nl_intersect_mac_operand_16of4x2_hybrid64_w8_64 u_b (
    .clk(clk),
    .rst(rst),
    .s_axis_tdata(b_axis_tdata),
    .s_axis_tvalid(b_axis_tvalid),
    .s_axis_tlast(b_axis_tlast),
    .s_axis_tready(b_axis_ready),
    .m_report_tdata(b_m_report_tdata),
    .m_report_tvalid(b_m_report_tvalid),
    .m_report_tready(b_report_tready),
    .freed_i(matrices_freed),
    .whole_o(b_whole_o),
    .value_at_o(b_value_at_o),
    .value_to_o(b_value_to_o),
    .value_o(b_value_o),
    .value_pe_o(b_value_pe_o),
    .row_at_o(b_row_at_o),
    .row_to_o(b_row_to_o),
    .row_o(b_row_o),
    .row_pe_o(b_row_pe_o)
  );

  // a PE for each column of a beat
  nl_intersect_mac_pe_16x128x16_hybrid_h9f5e2d u_pe0 (
    .clk(clk),
    .rst(rst),
    .m_axis_tdata(pe0_m_axis_tdata),
    .m_axis_tvalid(pe0_m_axis_tvalid),
    .m_axis_tlast(out_last_d),
    .m_axis_tready(sums_leave),
    .a_row_at_i(a_row_at_o),
    .a_row_to_i(a_row_to_o),
    .a_row_i(a_row_o),
    .a_value_at_i(a_value_at_o),
    .a_value_to_i(a_value_to_o),
    .a_value_i(a_value_o),
    .a_whole_i(a_whole_o),
    .b_row_at_i(b_row_at_o & (b_row_pe_o == 2'd0)),
    .b_row_to_i(b_row_to_o),
    .b_row_i(b_row_o),
    .b_value_at_i(b_value_at_o & (b_value_pe_o == 2'd0)),
    .b_value_to_i(b_value_to_o),
    .b_value_i(b_value_o),
    .b_whole_i(b_whole_o)
  );

  // a PE for each column of a beat
  wire pe1_m_axis_tlast_unused;
  nl_intersect_mac_pe_16x128x16_hybrid_h9f5e2d u_pe1 (
    .clk(clk),
    .rst(rst),
    .m_axis_tdata(pe1_m_axis_tdata),
    .m_axis_tvalid(pe1_m_axis_tvalid),
    .m_axis_tlast(pe1_m_axis_tlast_unused),
    .m_axis_tready(sums_leave),
    .a_row_at_i(a_row_at_o),
    .a_row_to_i(a_row_to_o),
    .a_row_i(a_row_o),
    .a_value_at_i(a_value_at_o),
    .a_value_to_i(a_value_to_o),
    .a_value_i(a_value_o),
    .a_whole_i(a_whole_o),
    .b_row_at_i(b_row_at_o & (b_row_pe_o == 2'd1)),
    .b_row_to_i(b_row_to_o),
    .b_row_i(b_row_o),
    .b_value_at_i(b_value_at_o & (b_value_pe_o == 2'd1)),
    .b_value_to_i(b_value_to_o),
    .b_value_i(b_value_o),
    .b_whole_i(b_whole_o)
  );

  // a PE for each column of a beat
  wire pe2_m_axis_tlast_unused;
  nl_intersect_mac_pe_16x128x16_hybrid_h9f5e2d u_pe2 (
    .clk(clk),
    .rst(rst),
    .m_axis_tdata(pe2_m_axis_tdata),
    .m_axis_tvalid(pe2_m_axis_tvalid),
    .m_axis_tlast(pe2_m_axis_tlast_unused),
    .m_axis_tready(sums_leave),
    .a_row_at_i(a_row_at_o),
    .a_row_to_i(a_row_to_o),
    .a_row_i(a_row_o),
    .a_value_at_i(a_value_at_o),
    .a_value_to_i(a_value_to_o),
    .a_value_i(a_value_o),
    .a_whole_i(a_whole_o),
    .b_row_at_i(b_row_at_o & (b_row_pe_o == 2'd2)),
    .b_row_to_i(b_row_to_o),
    .b_row_i(b_row_o),
    .b_value_at_i(b_value_at_o & (b_value_pe_o == 2'd2)),
    .b_value_to_i(b_value_to_o),
    .b_value_i(b_value_o),
    .b_whole_i(b_whole_o)
  );

  // a PE for each column of a beat
  wire pe3_m_axis_tlast_unused;
  nl_intersect_mac_pe_16x128x16_hybrid_h9f5e2d u_pe3 (
    .clk(clk),
    .rst(rst),
    .m_axis_tdata(pe3_m_axis_tdata),
    .m_axis_tvalid(pe3_m_axis_tvalid),
    .m_axis_tlast(pe3_m_axis_tlast_unused),
    .m_axis_tready(sums_leave),
    .a_row_at_i(a_row_at_o),
    .a_row_to_i(a_row_to_o),
    .a_row_i(a_row_o),
    .a_value_at_i(a_value_at_o),
    .a_value_to_i(a_value_to_o),
    .a_value_i(a_value_o),
    .a_whole_i(a_whole_o),
    .b_row_at_i(b_row_at_o & (b_row_pe_o == 2'd3)),
    .b_row_to_i(b_row_to_o),
    .b_row_i(b_row_o),
    .b_value_at_i(b_value_at_o & (b_value_pe_o == 2'd3)),
    .b_value_to_i(b_value_to_o),
    .b_value_i(b_value_o),
    .b_whole_i(b_whole_o)
  );

  assign a_axis_tready = a_axis_ready;
  assign b_axis_tready = b_axis_ready;
  assign m_axis_tdata = out_q;
  assign m_axis_tvalid = out_valid_q;
  assign m_axis_tlast = out_last_q;
  assign a_report_tdata = a_m_report_tdata;
  assign a_report_tvalid = a_m_report_tvalid;
  assign b_report_tdata = b_m_report_tdata;
  assign b_report_tvalid = b_m_report_tvalid;

  // a sum of each
  always @(posedge clk) begin
    if (rst) begin
      out_valid_q <= 1'd0;
    end else if (out_free) begin
      out_valid_q <= sums_there;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      frame_left_q <= 1'd0;
    end else begin
      frame_left_q <= sums_leave & out_last_d;
    end
  end

  always @(posedge clk) begin
    if (sums_leave) begin
      out_q <= {pe3_m_axis_tdata, pe2_m_axis_tdata, pe1_m_axis_tdata, pe0_m_axis_tdata};
      out_last_q <= out_last_d;
    end
  end

endmodule

`default_nettype wire
