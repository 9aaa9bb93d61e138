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

// nl_sparse_lookup_64x64w8_hab928d
// block     sparse_lookup: gives elements of a sparse tensor by their indices, without decoding it
// computes  y[i] = x[index[i]], 0 where the index is outside; x a code of bitmaps or coordinates
// config    defaults
// niello    0.1.0, config a610711f8bab928d
// in  s_table: 8 x 8 bits unsigned a beat, with a last mark
// in  s_index: 1 x 13 bits unsigned a beat, with a last mark
// out m_axis: 1 x 8 bits signed a beat, with a last mark
// out m_outside: 1 x 1 bits unsigned a beat, with a last mark
// out m_table: 2 x 13 bits unsigned a beat
`default_nettype none

module nl_sparse_lookup_64x64w8_hab928d (
  input  wire clk,
  input  wire rst,
  input  wire [63:0] s_table_tdata,
  input  wire s_table_tvalid,
  input  wire s_table_tlast,
  output wire s_table_tready,
  input  wire [12:0] s_index_tdata,
  input  wire s_index_tvalid,
  input  wire s_index_tlast,
  output wire s_index_tready,
  output wire [7:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready,
  output wire m_outside_tdata,
  output wire m_outside_tvalid,
  output wire m_outside_tlast,
  input  wire m_outside_tready,
  output wire [25:0] m_table_tdata,
  output wire m_table_tvalid,
  input  wire m_table_tready
);

  reg [5:0] at_q;
  reg [63:0] low_q;
  reg low_valid_q;
  reg low_last_q;
  reg past_q;
  reg far_past_q;
  reg [1:0] tables_q;
  reg [1:0] tables_whole_q;
  reg [2:0] reports_taken_q;
  reg tables_close_q;
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
  reg bitmap_there_q;
  reg [5:0] group_q;
  reg [63:0] bitmap_q;
  reg flags_mask_q;
  reg [6:0] flags_by_q;
  reg flags_last_q;
  reg drain_q;
  reg rest_wrong_p1_q;
  reg rest_counts_p1_q;
  reg pairs_at_p1_q;
  reg values_at_p1_q;
  reg mask_p1_q;
  reg row_first_p1_q;
  reg fin_p1_q;
  reg end_p1_q;
  reg header_wrong_q;
  reg table_end_q;
  reg block_end_q;
  reg element_at_q;
  reg element_first_q;
  reg [6:0] block_q;
  reg [12:0] values_q;
  reg [5:0] key_before_q;
  reg pair_asked_q;
  reg pair_good_q;
  reg broke_q;
  reg [5:0] key_q;
  reg [55:0] keys_q;
  reg element_of_bitmap_q;
  reg [7:0] element_q;
  reg row_at_q;
  reg part_at_q;
  reg [12:0] base_q;
  reg [6:0] row_block_q;
  reg [63:0] bitmap_row_q;
  reg element_of_pairs_q;
  reg row_of_pairs_q;
  reg lost_q;
  reg [12:0] served_q;
  reg [12:0] malformed_q;
  reg table_end_wrong_q;
  reg [6:0] last_block_q;
  reg [2:0] reports_some_q;
  reg reports_first_valid_q;
  reg reports_read_valid_q;
  reg [1:0] reports_wr_q;
  reg [1:0] reports_rd_q;
  reg [25:0] reports_first_q;
  reg write_half_q;
  reg [12:0] size_of_0_q;
  reg [12:0] size_of_1_q;
  reg [4:0] found_taken_q;
  reg read_half_q;
  reg asked_row_q;
  reg asked_element_p1_q;
  reg asked_element_p2_q;
  reg asked_element_p3_q;
  reg asked_element_p4_q;
  reg asked_element_p5_q;
  reg asked_element_p6_q;
  reg asked_p1_q;
  reg asked_p2_q;
  reg asked_p3_q;
  reg asked_last_p1_q;
  reg asked_last_p2_q;
  reg asked_last_p3_q;
  reg asked_last_p4_q;
  reg asked_last_p5_q;
  reg asked_last_p6_q;
  reg asked_last_p7_q;
  reg asked_last_p8_q;
  reg asked_last_p9_q;
  reg asked_last_p10_q;
  reg q0_half_q;
  reg [12:0] q0_index_q;
  reg [12:0] q0_size_q;
  reg q0_outside_q;
  reg [77:0] q0_row_q;
  reg [5:0] q0_within_p1_q;
  reg [5:0] q0_within_p2_q;
  reg [63:0] q0_tree_tree0_q;
  reg [5:0] q0_tree_within0_q;
  reg q0_tree_kind0_q;
  reg [23:0] q0_tree_tree1_q;
  reg [5:0] q0_tree_within1_q;
  reg q0_tree_kind1_q;
  reg [9:0] q0_tree_tree2_q;
  reg [5:0] q0_tree_within2_q;
  reg q0_tree_kind2_q;
  reg [12:0] q0_base_p1_q;
  reg [12:0] q0_base_p2_q;
  reg [12:0] q0_base_p3_q;
  reg [12:0] q0_address_q;
  reg q0_there_q;
  reg q0_half_then_p1_q;
  reg q0_half_then_p2_q;
  reg q0_half_then_p3_q;
  reg q0_half_then_p4_q;
  reg q0_half_then_p5_q;
  reg q0_half_then_p6_q;
  reg q0_is_outside_p1_q;
  reg q0_is_outside_p2_q;
  reg q0_is_outside_p3_q;
  reg q0_is_outside_p4_q;
  reg q0_is_outside_p5_q;
  reg q0_shown_p1_q;
  reg q0_shown_p2_q;
  reg [7:0] q0_read_q;
  reg [7:0] q0_value_q;
  reg q0_flag_p1_q;
  reg q0_flag_p2_q;
  reg q0_flag_p3_q;
  reg value_out_valid_q;
  reg outside_out_valid_q;
  reg [4:0] found_some_q;
  reg found_first_valid_q;
  reg found_read_valid_q;
  reg [3:0] found_wr_q;
  reg [3:0] found_rd_q;
  reg [9:0] found_first_q;
  reg out_last_q;
  reg [7:0] out_values_q;
  reg out_outside_q;
  wire s_table_ready;
  wire [63:0] ahead_m_axis_tdata;
  wire ahead_m_axis_tvalid;
  wire low_last_d;
  reg [25:0] reports_q;
  reg [25:0] reports [0:3];
  reg [77:0] rows0_q;
  reg [77:0] rows0 [0:127];
  reg [7:0] elements0_q;
  reg [7:0] elements0 [0:2047];
  reg [9:0] found_q;
  reg [9:0] found [0:15];

  // a table is taken apart, where there is a place for it
  wire [1:0] tables_up = tables_q + 2'd1;
  wire [1:0] tables_down = tables_q - 2'd1;
  wire [1:0] tables_whole_up = tables_whole_q + 2'd1;
  wire [1:0] tables_whole_down = tables_whole_q - 2'd1;
  wire [2:0] reports_taken_up = reports_taken_q + 3'd1;
  wire [2:0] reports_taken_down = reports_taken_q - 3'd1;
  wire may = (past_q | (low_valid_q & (low_last_q | ahead_m_axis_tvalid))) & ~tables_close_q;
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
  wire group_last = group_q == size_less_q;
  wire goes_on = 1'd1;
  wire feeds = (bitmap_there_q & flags_free) & goes_on;
  wire [5:0] group_next = group_q + 6'd1;
  wire group_flags = bitmap_q[0];

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
  wire block_beyond = block_q == 7'd64;

  // elements that are there, and keys of pairs
  wire [5:0] key_before_d = view_q[5:0];
  wire [55:0] keys_so_far = element_first_q ? 56'h0 : keys_q;
  wire pair_kept = (pair_good_q & ~(~element_first_q & broke_q)) & ~keys_so_far[6];
  wire element_there = element_of_bitmap_q | pair_kept;
  wire broken_lt = values_q < 13'd1024;
  wire element_counted = element_there & ~block_beyond;
  wire [12:0] values_next = values_q + 13'd1;

  // a row when its block has come
  wire block_ends = element_at_q & block_end_q;
  wire [12:0] keys_base = values_q - 13'd8;

  // what is said of the table
  wire broken = ((element_there & ~broken_lt) | (pair_asked_q & ~pair_kept)) | lost_q;
  wire [13:0] served_next_sum = {1'd0, served_q} + {8'd0, size_less_q};
  wire [12:0] served_next = served_next_sum[12:0] + 13'd1;
  wire [6:0] block_sum = block_q + 7'd1;
  wire [7:0] reports_sel_sum = {1'd0, table_end_q ? last_block_q : block_q} + 8'd1;
  wire [12:0] reports_sel = ((table_end_q ? table_end_wrong_q : ((broken | header_wrong_q) | block_beyond)) &
      ~(|malformed_q)) ? {5'd0, reports_sel_sum} : malformed_q;
  wire [2:0] reports_some_up = reports_some_q + 3'd1;
  wire [2:0] reports_some_down = reports_some_q - 3'd1;
  wire reports_first_free = ~reports_first_valid_q | m_table_tready;
  wire reports_read_free = ~reports_read_valid_q | reports_first_free;
  wire reports_fetch = reports_read_free & (|reports_some_q);
  wire [1:0] reports_wr_inc = reports_wr_q + 2'd1;
  wire [1:0] reports_rd_inc = reports_rd_q + 2'd1;

  // two tables by turns
  wire emptied = asked_last_p10_q;

  // queries, where there is a place for what is found
  wire [4:0] found_taken_up = found_taken_q + 5'd1;
  wire [4:0] found_taken_down = found_taken_q - 5'd1;
  wire s_index_ready = (|tables_whole_q) & (found_taken_q != 5'd16);
  wire s_index_fire = s_index_tvalid & s_index_ready;
  wire frame_asked = s_index_fire & s_index_tlast;

  // lane 0: its row, its place, its element
  wire [63:0] q0_tree_tree0_bits = q0_row_q[63:0];
  wire [6:0] q0_tree_tree0_bits_l1 = q0_tree_tree0_bits[34:28];
  wire [1:0] q0_tree_tree0_sum_sum = {1'd0, q0_row_q[0] & (q0_within_p2_q > 6'd0)} + {1'd0,
      q0_tree_tree0_bits[1] & (q0_within_p2_q > 6'd1)};
  wire [1:0] q0_tree_tree0_sum_sum_l1 = {1'd0, q0_tree_tree0_bits[2] & (q0_within_p2_q > 6'd2)} + {1'd0,
      q0_tree_tree0_bits[3] & (q0_within_p2_q > 6'd3)};
  wire [1:0] q0_tree_tree0_sum_sum_l2 = {1'd0, q0_tree_tree0_bits[4] & (q0_within_p2_q > 6'd4)} + {1'd0,
      q0_tree_tree0_bits[5] & (q0_within_p2_q > 6'd5)};
  wire [1:0] q0_tree_tree0_sum_sum_l3 = {1'd0, q0_tree_tree0_bits[6] & (q0_within_p2_q > 6'd6)} + {1'd0,
      q0_tree_tree0_bits[7] & (q0_within_p2_q > 6'd7)};
  wire [1:0] q0_tree_tree0_sum_sum_l4 = {1'd0, q0_tree_tree0_bits[8] & (q0_within_p2_q > 6'd8)} + {1'd0,
      q0_tree_tree0_bits[9] & (q0_within_p2_q > 6'd9)};
  wire [1:0] q0_tree_tree0_sum_sum_l5 = {1'd0, q0_tree_tree0_bits[10] & (q0_within_p2_q > 6'd10)} + {1'd0,
      q0_tree_tree0_bits[11] & (q0_within_p2_q > 6'd11)};
  wire [1:0] q0_tree_tree0_sum_sum_l6 = {1'd0, q0_tree_tree0_bits[12] & (q0_within_p2_q > 6'd12)} + {1'd0,
      q0_tree_tree0_bits[13] & (q0_within_p2_q > 6'd13)};
  wire [1:0] q0_tree_tree0_sum_sum_l7 = {1'd0, q0_tree_tree0_bits[14] & (q0_within_p2_q > 6'd14)} + {1'd0,
      q0_tree_tree0_bits[15] & (q0_within_p2_q > 6'd15)};
  wire [1:0] q0_tree_tree0_sum_sum_l8 = {1'd0, q0_tree_tree0_bits[16] & (q0_within_p2_q > 6'd16)} + {1'd0,
      q0_tree_tree0_bits[17] & (q0_within_p2_q > 6'd17)};
  wire [1:0] q0_tree_tree0_sum_sum_l9 = {1'd0, q0_tree_tree0_bits[18] & (q0_within_p2_q > 6'd18)} + {1'd0,
      q0_tree_tree0_bits[19] & (q0_within_p2_q > 6'd19)};
  wire [1:0] q0_tree_tree0_sum_sum_l10 = {1'd0, q0_tree_tree0_bits[20] & (q0_within_p2_q > 6'd20)} + {1'd0,
      q0_tree_tree0_bits[21] & (q0_within_p2_q > 6'd21)};
  wire [1:0] q0_tree_tree0_sum_sum_l11 = {1'd0, q0_tree_tree0_bits[22] & (q0_within_p2_q > 6'd22)} + {1'd0,
      q0_tree_tree0_bits[23] & (q0_within_p2_q > 6'd23)};
  wire [1:0] q0_tree_tree0_sum_sum_l12 = {1'd0, q0_tree_tree0_bits[24] & (q0_within_p2_q > 6'd24)} + {1'd0,
      q0_tree_tree0_bits[25] & (q0_within_p2_q > 6'd25)};
  wire [1:0] q0_tree_tree0_sum_sum_l13 = {1'd0, q0_tree_tree0_bits[26] & (q0_within_p2_q > 6'd26)} + {1'd0,
      q0_tree_tree0_bits[27] & (q0_within_p2_q > 6'd27)};
  wire [1:0] q0_tree_tree0_sum_sum_l14 = {1'd0, q0_tree_tree0_bits[28] & (q0_within_p2_q > 6'd28)} + {1'd0,
      q0_tree_tree0_bits[29] & (q0_within_p2_q > 6'd29)};
  wire [1:0] q0_tree_tree0_sum_sum_l15 = {1'd0, q0_tree_tree0_bits[30] & (q0_within_p2_q > 6'd30)} + {1'd0,
      q0_tree_tree0_bits[31] & (q0_within_p2_q > 6'd31)};
  wire [1:0] q0_tree_tree0_sum_sum_l16 = {1'd0, q0_tree_tree0_bits[32] & (q0_within_p2_q > 6'd32)} + {1'd0,
      q0_tree_tree0_bits[33] & (q0_within_p2_q > 6'd33)};
  wire [1:0] q0_tree_tree0_sum_sum_l17 = {1'd0, q0_tree_tree0_bits[34] & (q0_within_p2_q > 6'd34)} + {1'd0,
      q0_tree_tree0_bits[35] & (q0_within_p2_q > 6'd35)};
  wire [1:0] q0_tree_tree0_sum_sum_l18 = {1'd0, q0_tree_tree0_bits[36] & (q0_within_p2_q > 6'd36)} + {1'd0,
      q0_tree_tree0_bits[37] & (q0_within_p2_q > 6'd37)};
  wire [1:0] q0_tree_tree0_sum_sum_l19 = {1'd0, q0_tree_tree0_bits[38] & (q0_within_p2_q > 6'd38)} + {1'd0,
      q0_tree_tree0_bits[39] & (q0_within_p2_q > 6'd39)};
  wire [1:0] q0_tree_tree0_sum_sum_l20 = {1'd0, q0_tree_tree0_bits[40] & (q0_within_p2_q > 6'd40)} + {1'd0,
      q0_tree_tree0_bits[41] & (q0_within_p2_q > 6'd41)};
  wire [1:0] q0_tree_tree0_sum_sum_l21 = {1'd0, q0_tree_tree0_bits[42] & (q0_within_p2_q > 6'd42)} + {1'd0,
      q0_tree_tree0_bits[43] & (q0_within_p2_q > 6'd43)};
  wire [1:0] q0_tree_tree0_sum_sum_l22 = {1'd0, q0_tree_tree0_bits[44] & (q0_within_p2_q > 6'd44)} + {1'd0,
      q0_tree_tree0_bits[45] & (q0_within_p2_q > 6'd45)};
  wire [1:0] q0_tree_tree0_sum_sum_l23 = {1'd0, q0_tree_tree0_bits[46] & (q0_within_p2_q > 6'd46)} + {1'd0,
      q0_tree_tree0_bits[47] & (q0_within_p2_q > 6'd47)};
  wire [1:0] q0_tree_tree0_sum_sum_l24 = {1'd0, q0_tree_tree0_bits[48] & (q0_within_p2_q > 6'd48)} + {1'd0,
      q0_tree_tree0_bits[49] & (q0_within_p2_q > 6'd49)};
  wire [1:0] q0_tree_tree0_sum_sum_l25 = {1'd0, q0_tree_tree0_bits[50] & (q0_within_p2_q > 6'd50)} + {1'd0,
      q0_tree_tree0_bits[51] & (q0_within_p2_q > 6'd51)};
  wire [1:0] q0_tree_tree0_sum_sum_l26 = {1'd0, q0_tree_tree0_bits[52] & (q0_within_p2_q > 6'd52)} + {1'd0,
      q0_tree_tree0_bits[53] & (q0_within_p2_q > 6'd53)};
  wire [1:0] q0_tree_tree0_sum_sum_l27 = {1'd0, q0_tree_tree0_bits[54] & (q0_within_p2_q > 6'd54)} + {1'd0,
      q0_tree_tree0_bits[55] & (q0_within_p2_q > 6'd55)};
  wire [1:0] q0_tree_tree0_sum_sum_l28 = {1'd0, q0_tree_tree0_bits[56] & (q0_within_p2_q > 6'd56)} + {1'd0,
      q0_tree_tree0_bits[57] & (q0_within_p2_q > 6'd57)};
  wire [1:0] q0_tree_tree0_sum_sum_l29 = {1'd0, q0_tree_tree0_bits[58] & (q0_within_p2_q > 6'd58)} + {1'd0,
      q0_tree_tree0_bits[59] & (q0_within_p2_q > 6'd59)};
  wire [1:0] q0_tree_tree0_sum_sum_l30 = {1'd0, q0_tree_tree0_bits[60] & (q0_within_p2_q > 6'd60)} + {1'd0,
      q0_tree_tree0_bits[61] & (q0_within_p2_q > 6'd61)};
  wire [2:0] q0_tree_tree0_sum = {1'd0, q0_tree_tree0_sum_sum} + {1'd0, q0_tree_tree0_sum_sum_l1};
  wire [2:0] q0_tree_tree0_sum_l1 = {1'd0, q0_tree_tree0_sum_sum_l2} + {1'd0, q0_tree_tree0_sum_sum_l3};
  wire [2:0] q0_tree_tree0_sum_l2 = {1'd0, q0_tree_tree0_sum_sum_l4} + {1'd0, q0_tree_tree0_sum_sum_l5};
  wire [2:0] q0_tree_tree0_sum_l3 = {1'd0, q0_tree_tree0_sum_sum_l6} + {1'd0, q0_tree_tree0_sum_sum_l7};
  wire [2:0] q0_tree_tree0_sum_l4 = {1'd0, q0_tree_tree0_sum_sum_l8} + {1'd0, q0_tree_tree0_sum_sum_l9};
  wire [2:0] q0_tree_tree0_sum_l5 = {1'd0, q0_tree_tree0_sum_sum_l10} + {1'd0, q0_tree_tree0_sum_sum_l11};
  wire [2:0] q0_tree_tree0_sum_l6 = {1'd0, q0_tree_tree0_sum_sum_l12} + {1'd0, q0_tree_tree0_sum_sum_l13};
  wire [2:0] q0_tree_tree0_sum_l7 = {1'd0, q0_tree_tree0_sum_sum_l14} + {1'd0, q0_tree_tree0_sum_sum_l15};
  wire [2:0] q0_tree_tree0_sum_l8 = {1'd0, q0_tree_tree0_sum_sum_l16} + {1'd0, q0_tree_tree0_sum_sum_l17};
  wire [2:0] q0_tree_tree0_sum_l9 = {1'd0, q0_tree_tree0_sum_sum_l18} + {1'd0, q0_tree_tree0_sum_sum_l19};
  wire [2:0] q0_tree_tree0_sum_l10 = {1'd0, q0_tree_tree0_sum_sum_l20} + {1'd0, q0_tree_tree0_sum_sum_l21};
  wire [2:0] q0_tree_tree0_sum_l11 = {1'd0, q0_tree_tree0_sum_sum_l22} + {1'd0, q0_tree_tree0_sum_sum_l23};
  wire [2:0] q0_tree_tree0_sum_l12 = {1'd0, q0_tree_tree0_sum_sum_l24} + {1'd0, q0_tree_tree0_sum_sum_l25};
  wire [2:0] q0_tree_tree0_sum_l13 = {1'd0, q0_tree_tree0_sum_sum_l26} + {1'd0, q0_tree_tree0_sum_sum_l27};
  wire [2:0] q0_tree_tree0_sum_l14 = {1'd0, q0_tree_tree0_sum_sum_l28} + {1'd0, q0_tree_tree0_sum_sum_l29};
  wire [2:0] q0_tree_tree0_sum_l15 = {1'd0, q0_tree_tree0_sum_sum_l30} + {1'd0, {1'd0, q0_tree_tree0_bits[62] &
      (q0_within_p2_q > 6'd62)}};
  wire [6:0] q0_tree_tree1_bits = q0_tree_tree0_q[20:14];
  wire [3:0] q0_tree_tree1_sum_sum = {1'd0, q0_tree_tree0_q[2:0]} + {1'd0, q0_tree_tree0_q[5:3]};
  wire [3:0] q0_tree_tree1_sum_sum_l1 = {1'd0, q0_tree_tree0_q[8:6]} + {1'd0, q0_tree_tree0_q[11:9]};
  wire [3:0] q0_tree_tree1_sum_sum_l2 = {1'd0, q0_tree_tree0_q[14:12]} + {1'd0, q0_tree_tree0_q[17:15]};
  wire [3:0] q0_tree_tree1_sum_sum_l3 = {1'd0, q0_tree_tree0_q[20:18]} + {1'd0, q0_tree_tree0_q[23:21]};
  wire [3:0] q0_tree_tree1_sum_sum_l4 = {1'd0, q0_tree_tree0_q[26:24]} + {1'd0, q0_tree_tree0_q[29:27]};
  wire [3:0] q0_tree_tree1_sum_sum_l5 = {1'd0, q0_tree_tree0_q[32:30]} + {1'd0, q0_tree_tree0_q[35:33]};
  wire [3:0] q0_tree_tree1_sum_sum_l6 = {1'd0, q0_tree_tree0_q[38:36]} + {1'd0, q0_tree_tree0_q[41:39]};
  wire [3:0] q0_tree_tree1_sum_sum_l7 = {1'd0, q0_tree_tree0_q[44:42]} + {1'd0, q0_tree_tree0_q[47:45]};
  wire [4:0] q0_tree_tree1_sum = {1'd0, q0_tree_tree1_sum_sum} + {1'd0, q0_tree_tree1_sum_sum_l1};
  wire [4:0] q0_tree_tree1_sum_l1 = {1'd0, q0_tree_tree1_sum_sum_l2} + {1'd0, q0_tree_tree1_sum_sum_l3};
  wire [4:0] q0_tree_tree1_sum_l2 = {1'd0, q0_tree_tree1_sum_sum_l4} + {1'd0, q0_tree_tree1_sum_sum_l5};
  wire [4:0] q0_tree_tree1_sum_l3 = {1'd0, q0_tree_tree1_sum_sum_l6} + {1'd0, q0_tree_tree1_sum_sum_l7};
  wire [6:0] q0_tree_tree2_bits = q0_tree_tree1_q[13:7];
  wire [5:0] q0_tree_tree2_sum_sum = {1'd0, q0_tree_tree1_q[4:0]} + {1'd0, q0_tree_tree1_q[9:5]};
  wire [5:0] q0_tree_tree2_sum_sum_l1 = {1'd0, q0_tree_tree1_q[14:10]} + {1'd0, q0_tree_tree1_q[19:15]};
  wire [6:0] q0_tree_tree2_sum = {1'd0, q0_tree_tree2_sum_sum} + {1'd0, q0_tree_tree2_sum_sum_l1};
  wire [6:0] q0_there_bits = q0_tree_tree2_q[6:0];
  wire [12:0] q0_to = q0_base_p3_q + {6'd0, q0_tree_kind2_q ? {4'd0, q0_tree_tree2_q[9:7]} :
      q0_tree_tree2_q[6:0]};

  // both streams of what is found
  wire value_out_free = ~value_out_valid_q | m_axis_tready;
  wire outside_out_free = ~outside_out_valid_q | m_outside_tready;
  wire out_free = value_out_free & outside_out_free;
  wire [4:0] found_some_up = found_some_q + 5'd1;
  wire [4:0] found_some_down = found_some_q - 5'd1;
  wire found_first_free = ~found_first_valid_q | out_free;
  wire found_read_free = ~found_read_valid_q | found_first_free;
  wire found_fetch = found_read_free & (|found_some_q);
  wire [3:0] found_wr_inc = found_wr_q + 4'd1;
  wire [3:0] found_rd_inc = found_rd_q + 4'd1;
  wire found_goes = out_free & found_first_valid_q;

  // what is said of the table
  always @(posedge clk) if (table_end_q) begin
    reports[reports_wr_q] <= {reports_sel, served_q};
  end
  always @(posedge clk) if (reports_fetch) begin
    reports_q <= reports[reports_rd_q];
  end

  // queries, where there is a place for what is found
  always @(posedge clk) if (row_at_q) begin
    rows0[{write_half_q, row_block_q[5:0]}] <= {row_of_pairs_q, (row_of_pairs_q ? keys_base : base_q),
      (row_of_pairs_q ? {8'd0, keys_q} : bitmap_row_q)};
  end
  always @(posedge clk) if (asked_row_q) begin
    rows0_q <= rows0[{q0_half_q, q0_index_q[11:6]}];
  end

  // queries, where there is a place for what is found
  always @(posedge clk) if (element_counted & broken_lt) begin
    elements0[{write_half_q, values_q[9:0]}] <= element_q;
  end
  always @(posedge clk) if (asked_element_p6_q) begin
    elements0_q <= elements0[{q0_half_then_p6_q, q0_address_q[9:0]}];
  end

  // both streams of what is found
  always @(posedge clk) if (asked_p3_q) begin
    found[found_wr_q] <= {asked_last_p10_q, q0_flag_p3_q, q0_value_q};
  end
  always @(posedge clk) if (found_fetch) begin
    found_q <= found[found_rd_q];
  end

  // a table is taken apart, where there is a place for it
  nl_skid_buffer_u8x8 u_ahead (
    .clk(clk),
    .rst(rst),
    .s_axis_tdata(s_table_tdata),
    .s_axis_tvalid(s_table_tvalid),
    .s_axis_tlast(s_table_tlast),
    .s_axis_tready(s_table_ready),
    .m_axis_tdata(ahead_m_axis_tdata),
    .m_axis_tvalid(ahead_m_axis_tvalid),
    .m_axis_tlast(low_last_d),
    .m_axis_tready(word_loads)
  );

  assign s_table_tready = s_table_ready;
  assign s_index_tready = s_index_ready;
  assign m_axis_tdata = out_values_q;
  assign m_axis_tvalid = value_out_valid_q;
  assign m_axis_tlast = out_last_q;
  assign m_outside_tdata = out_outside_q;
  assign m_outside_tvalid = outside_out_valid_q;
  assign m_outside_tlast = out_last_q;
  assign m_table_tdata = reports_first_q;
  assign m_table_tvalid = reports_first_valid_q;

  // a table is taken apart, where there is a place for it
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
      tables_q <= 2'd0;
    end else if (end_p1_q ^ emptied) begin
      tables_q <= end_p1_q ? tables_up : tables_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      tables_whole_q <= 2'd0;
    end else if (table_end_q ^ frame_asked) begin
      tables_whole_q <= table_end_q ? tables_whole_up : tables_whole_down;
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
      tables_close_q <= 1'd0;
      header_p1_q <= 1'd0;
      planned_q <= 1'd0;
    end else begin
      tables_close_q <= (tables_q == 2'd2) | (reports_taken_q == 3'd4);
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
      flags_valid_q <= bitmap_there_q & goes_on;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      bitmap_there_q <= 1'd0;
    end else if (part_p1_q | feeds) begin
      bitmap_there_q <= part_p1_q | ~group_last;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      group_q <= 6'd0;
    end else if (feeds) begin
      group_q <= group_last ? 6'd0 : group_next;
    end
  end

  always @(posedge clk) begin
    if (part_p1_q | feeds) begin
      bitmap_q <= part_p1_q ? view_q : {1'd0, bitmap_q[63:1]};
    end
  end

  always @(posedge clk) begin
    if (feeds) begin
      flags_mask_q <= group_flags;
      flags_by_q <= group_flags ? 7'd8 : 7'd0;
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
    mask_p1_q <= stepping_q ? (step_last_q ? last_mask_q : 1'd1) : flags_mask_q;
    row_first_p1_q <= step_first_q;
    fin_p1_q <= last_of_block;
    block_end_q <= fin_p1_q;
    element_first_q <= row_first_p1_q;
  end

  always @(posedge clk) begin
    if (rst) begin
      pairs_at_p1_q <= 1'd0;
      values_at_p1_q <= 1'd0;
      end_p1_q <= 1'd0;
      table_end_q <= 1'd0;
      element_at_q <= 1'd0;
    end else begin
      pairs_at_p1_q <= pairs_go;
      values_at_p1_q <= values_go;
      end_p1_q <= end_go;
      table_end_q <= end_p1_q;
      element_at_q <= pairs_at_p1_q | values_at_p1_q;
    end
  end

  always @(posedge clk) begin
    if (planned_q) begin
      header_wrong_q <= reserved_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      block_q <= 7'd0;
    end else if (block_ends | table_end_q) begin
      block_q <= table_end_q ? 7'd0 : (block_beyond ? block_q : block_sum);
    end
  end

  // elements that are there, and keys of pairs
  always @(posedge clk) begin
    if (rst) begin
      values_q <= 13'd0;
    end else if (element_counted | table_end_q) begin
      values_q <= table_end_q ? 13'd0 : values_next;
    end
  end

  always @(posedge clk) begin
    if (pairs_at_p1_q) begin
      key_before_q <= key_before_d;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      pair_asked_q <= 1'd0;
      pair_good_q <= 1'd0;
      element_of_bitmap_q <= 1'd0;
    end else begin
      pair_asked_q <= pairs_at_p1_q & mask_p1_q;
      pair_good_q <= pairs_at_p1_q & ((mask_p1_q & (row_first_p1_q | (key_before_q < key_before_d))) &
      (size_less_q >= key_before_d));
      element_of_bitmap_q <= values_at_p1_q & mask_p1_q;
    end
  end

  always @(posedge clk) begin
    if (element_at_q) begin
      broke_q <= (pair_asked_q & ~pair_good_q) | (~element_first_q & broke_q);
      keys_q <= pair_kept ? {{1'd1, key_q}, keys_so_far[55:7]} : keys_so_far;
    end
  end

  always @(posedge clk) begin
    key_q <= key_before_d;
    element_q <= values_at_p1_q ? view_q[7:0] : view_q[13:6];
  end

  // a row when its block has come
  always @(posedge clk) begin
    if (rst) begin
      row_at_q <= 1'd0;
      part_at_q <= 1'd0;
    end else begin
      row_at_q <= block_ends & ~block_beyond;
      part_at_q <= part_p1_q;
    end
  end

  always @(posedge clk) begin
    if (part_at_q) begin
      base_q <= values_q;
    end
  end

  always @(posedge clk) begin
    row_block_q <= block_q;
    element_of_pairs_q <= pairs_at_p1_q;
    row_of_pairs_q <= element_of_pairs_q;
  end

  always @(posedge clk) begin
    if (part_p1_q) begin
      bitmap_row_q <= view_q;
    end
  end

  // what is said of the table
  always @(posedge clk) begin
    if (rst) begin
      lost_q <= 1'd0;
    end else if (element_at_q) begin
      lost_q <= broken & ~block_end_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      served_q <= 13'd0;
    end else if ((block_ends & ~block_beyond) | table_end_q) begin
      served_q <= table_end_q ? 13'd0 : served_next;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      malformed_q <= 13'd0;
    end else if (block_ends | table_end_q) begin
      malformed_q <= table_end_q ? 13'd0 : reports_sel;
    end
  end

  always @(posedge clk) begin
    table_end_wrong_q <= rest_counts_p1_q & (rest_wrong_p1_q | (|view_q));
  end

  always @(posedge clk) begin
    if (block_ends) begin
      last_block_q <= block_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      reports_some_q <= 3'd0;
    end else if (table_end_q ^ reports_fetch) begin
      reports_some_q <= table_end_q ? reports_some_up : reports_some_down;
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
    end else if (table_end_q) begin
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

  // two tables by turns
  always @(posedge clk) begin
    if (rst) begin
      write_half_q <= 1'd0;
    end else if (table_end_q) begin
      write_half_q <= ~write_half_q;
    end
  end

  always @(posedge clk) begin
    if (table_end_q & ~write_half_q) begin
      size_of_0_q <= served_q;
    end
  end

  always @(posedge clk) begin
    if (table_end_q & write_half_q) begin
      size_of_1_q <= served_q;
    end
  end

  // queries, where there is a place for what is found
  always @(posedge clk) begin
    if (rst) begin
      found_taken_q <= 5'd0;
    end else if (s_index_fire ^ found_fetch) begin
      found_taken_q <= s_index_fire ? found_taken_up : found_taken_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      read_half_q <= 1'd0;
    end else if (frame_asked) begin
      read_half_q <= ~read_half_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      asked_row_q <= 1'd0;
      asked_element_p1_q <= 1'd0;
      asked_element_p2_q <= 1'd0;
      asked_element_p3_q <= 1'd0;
      asked_element_p4_q <= 1'd0;
      asked_element_p5_q <= 1'd0;
      asked_element_p6_q <= 1'd0;
      asked_p1_q <= 1'd0;
      asked_p2_q <= 1'd0;
      asked_p3_q <= 1'd0;
      asked_last_p1_q <= 1'd0;
      asked_last_p2_q <= 1'd0;
      asked_last_p3_q <= 1'd0;
      asked_last_p4_q <= 1'd0;
      asked_last_p5_q <= 1'd0;
      asked_last_p6_q <= 1'd0;
      asked_last_p7_q <= 1'd0;
      asked_last_p8_q <= 1'd0;
      asked_last_p9_q <= 1'd0;
      asked_last_p10_q <= 1'd0;
    end else begin
      asked_row_q <= s_index_fire;
      asked_element_p1_q <= asked_row_q;
      asked_element_p2_q <= asked_element_p1_q;
      asked_element_p3_q <= asked_element_p2_q;
      asked_element_p4_q <= asked_element_p3_q;
      asked_element_p5_q <= asked_element_p4_q;
      asked_element_p6_q <= asked_element_p5_q;
      asked_p1_q <= asked_element_p6_q;
      asked_p2_q <= asked_p1_q;
      asked_p3_q <= asked_p2_q;
      asked_last_p1_q <= frame_asked;
      asked_last_p2_q <= asked_last_p1_q;
      asked_last_p3_q <= asked_last_p2_q;
      asked_last_p4_q <= asked_last_p3_q;
      asked_last_p5_q <= asked_last_p4_q;
      asked_last_p6_q <= asked_last_p5_q;
      asked_last_p7_q <= asked_last_p6_q;
      asked_last_p8_q <= asked_last_p7_q;
      asked_last_p9_q <= asked_last_p8_q;
      asked_last_p10_q <= asked_last_p9_q;
    end
  end

  // lane 0: its row, its place, its element
  always @(posedge clk) begin
    q0_half_q <= read_half_q;
    q0_index_q <= s_index_tdata;
    q0_size_q <= read_half_q ? size_of_1_q : size_of_0_q;
    q0_outside_q <= q0_index_q >= q0_size_q;
    q0_row_q <= rows0_q;
    q0_within_p1_q <= q0_index_q[5:0];
    q0_within_p2_q <= q0_within_p1_q;
    q0_tree_tree0_q <= q0_row_q[77] ? {35'd0, {({1'd1, q0_within_p2_q} >= q0_tree_tree0_bits_l1), (({1'd1,
      q0_within_p2_q} >= q0_tree_tree0_bits_l1) ? q0_tree_tree0_bits[55:49] : q0_tree_tree0_bits[27:21]),
      (({1'd1, q0_within_p2_q} >= q0_tree_tree0_bits_l1) ? q0_tree_tree0_bits[48:42] :
      q0_tree_tree0_bits[20:14]), (({1'd1, q0_within_p2_q} >= q0_tree_tree0_bits_l1) ?
      q0_tree_tree0_bits[41:35] : q0_tree_tree0_bits[13:7]), (({1'd1,
      q0_within_p2_q} >= q0_tree_tree0_bits_l1) ? q0_tree_tree0_bits_l1 : q0_row_q[6:0])}} :
      {(q0_within_p2_q[1] ? (q0_within_p2_q[0] ? q0_tree_tree0_bits[63] : q0_tree_tree0_bits[62]) :
      (q0_within_p2_q[0] ? q0_tree_tree0_bits[61] : q0_tree_tree0_bits[60])), (q0_within_p2_q[1] ?
      (q0_within_p2_q[0] ? q0_tree_tree0_bits[59] : q0_tree_tree0_bits[58]) : (q0_within_p2_q[0] ?
      q0_tree_tree0_bits[57] : q0_tree_tree0_bits[56])), (q0_within_p2_q[1] ? (q0_within_p2_q[0] ?
      q0_tree_tree0_bits[55] : q0_tree_tree0_bits[54]) : (q0_within_p2_q[0] ? q0_tree_tree0_bits[53] :
      q0_tree_tree0_bits[52])), (q0_within_p2_q[1] ? (q0_within_p2_q[0] ? q0_tree_tree0_bits[51] :
      q0_tree_tree0_bits[50]) : (q0_within_p2_q[0] ? q0_tree_tree0_bits[49] : q0_tree_tree0_bits[48])),
      (q0_within_p2_q[1] ? (q0_within_p2_q[0] ? q0_tree_tree0_bits[47] : q0_tree_tree0_bits[46]) :
      (q0_within_p2_q[0] ? q0_tree_tree0_bits[45] : q0_tree_tree0_bits[44])), (q0_within_p2_q[1] ?
      (q0_within_p2_q[0] ? q0_tree_tree0_bits[43] : q0_tree_tree0_bits[42]) : (q0_within_p2_q[0] ?
      q0_tree_tree0_bits[41] : q0_tree_tree0_bits[40])), (q0_within_p2_q[1] ? (q0_within_p2_q[0] ?
      q0_tree_tree0_bits[39] : q0_tree_tree0_bits[38]) : (q0_within_p2_q[0] ? q0_tree_tree0_bits[37] :
      q0_tree_tree0_bits[36])), (q0_within_p2_q[1] ? (q0_within_p2_q[0] ? q0_tree_tree0_bits[35] :
      q0_tree_tree0_bits[34]) : (q0_within_p2_q[0] ? q0_tree_tree0_bits[33] : q0_tree_tree0_bits[32])),
      (q0_within_p2_q[1] ? (q0_within_p2_q[0] ? q0_tree_tree0_bits[31] : q0_tree_tree0_bits[30]) :
      (q0_within_p2_q[0] ? q0_tree_tree0_bits[29] : q0_tree_tree0_bits[28])), (q0_within_p2_q[1] ?
      (q0_within_p2_q[0] ? q0_tree_tree0_bits[27] : q0_tree_tree0_bits[26]) : (q0_within_p2_q[0] ?
      q0_tree_tree0_bits[25] : q0_tree_tree0_bits[24])), (q0_within_p2_q[1] ? (q0_within_p2_q[0] ?
      q0_tree_tree0_bits[23] : q0_tree_tree0_bits[22]) : (q0_within_p2_q[0] ? q0_tree_tree0_bits[21] :
      q0_tree_tree0_bits[20])), (q0_within_p2_q[1] ? (q0_within_p2_q[0] ? q0_tree_tree0_bits[19] :
      q0_tree_tree0_bits[18]) : (q0_within_p2_q[0] ? q0_tree_tree0_bits[17] : q0_tree_tree0_bits[16])),
      (q0_within_p2_q[1] ? (q0_within_p2_q[0] ? q0_tree_tree0_bits[15] : q0_tree_tree0_bits[14]) :
      (q0_within_p2_q[0] ? q0_tree_tree0_bits[13] : q0_tree_tree0_bits[12])), (q0_within_p2_q[1] ?
      (q0_within_p2_q[0] ? q0_tree_tree0_bits[11] : q0_tree_tree0_bits[10]) : (q0_within_p2_q[0] ?
      q0_tree_tree0_bits[9] : q0_tree_tree0_bits[8])), (q0_within_p2_q[1] ? (q0_within_p2_q[0] ?
      q0_tree_tree0_bits[7] : q0_tree_tree0_bits[6]) : (q0_within_p2_q[0] ? q0_tree_tree0_bits[5] :
      q0_tree_tree0_bits[4])), (q0_within_p2_q[1] ? (q0_within_p2_q[0] ? q0_tree_tree0_bits[3] :
      q0_tree_tree0_bits[2]) : (q0_within_p2_q[0] ? q0_tree_tree0_bits[1] : q0_row_q[0])),
      q0_tree_tree0_sum_l15, q0_tree_tree0_sum_l14, q0_tree_tree0_sum_l13, q0_tree_tree0_sum_l12,
      q0_tree_tree0_sum_l11, q0_tree_tree0_sum_l10, q0_tree_tree0_sum_l9, q0_tree_tree0_sum_l8,
      q0_tree_tree0_sum_l7, q0_tree_tree0_sum_l6, q0_tree_tree0_sum_l5, q0_tree_tree0_sum_l4,
      q0_tree_tree0_sum_l3, q0_tree_tree0_sum_l2, q0_tree_tree0_sum_l1, q0_tree_tree0_sum};
    q0_tree_within0_q <= q0_within_p2_q;
    q0_tree_kind0_q <= q0_row_q[77];
    q0_tree_tree1_q <= q0_tree_kind0_q ? {8'd0, {{q0_tree_tree0_q[28], ({1'd1,
      q0_tree_within0_q} >= q0_tree_tree1_bits)}, (({1'd1, q0_tree_within0_q} >= q0_tree_tree1_bits) ?
      q0_tree_tree0_q[27:21] : q0_tree_tree0_q[13:7]), (({1'd1, q0_tree_within0_q} >= q0_tree_tree1_bits) ?
      q0_tree_tree1_bits : q0_tree_tree0_q[6:0])}} : {(q0_tree_within0_q[3] ? (q0_tree_within0_q[2] ?
      q0_tree_tree0_q[63] : q0_tree_tree0_q[62]) : (q0_tree_within0_q[2] ? q0_tree_tree0_q[61] :
      q0_tree_tree0_q[60])), (q0_tree_within0_q[3] ? (q0_tree_within0_q[2] ? q0_tree_tree0_q[59] :
      q0_tree_tree0_q[58]) : (q0_tree_within0_q[2] ? q0_tree_tree0_q[57] : q0_tree_tree0_q[56])),
      (q0_tree_within0_q[3] ? (q0_tree_within0_q[2] ? q0_tree_tree0_q[55] : q0_tree_tree0_q[54]) :
      (q0_tree_within0_q[2] ? q0_tree_tree0_q[53] : q0_tree_tree0_q[52])), (q0_tree_within0_q[3] ?
      (q0_tree_within0_q[2] ? q0_tree_tree0_q[51] : q0_tree_tree0_q[50]) : (q0_tree_within0_q[2] ?
      q0_tree_tree0_q[49] : q0_tree_tree0_q[48])), q0_tree_tree1_sum_l3, q0_tree_tree1_sum_l2,
      q0_tree_tree1_sum_l1, q0_tree_tree1_sum};
    q0_tree_within1_q <= q0_tree_within0_q;
    q0_tree_kind1_q <= q0_tree_kind0_q;
    q0_tree_tree2_q <= q0_tree_kind1_q ? {{q0_tree_tree1_q[15:14], ({1'd1,
      q0_tree_within1_q} >= q0_tree_tree2_bits)}, (({1'd1, q0_tree_within1_q} >= q0_tree_tree2_bits) ?
      q0_tree_tree2_bits : q0_tree_tree1_q[6:0])} : {2'd0, {(q0_tree_within1_q[5] ? (q0_tree_within1_q[4] ?
      q0_tree_tree1_q[23] : q0_tree_tree1_q[22]) : (q0_tree_within1_q[4] ? q0_tree_tree1_q[21] :
      q0_tree_tree1_q[20])), q0_tree_tree2_sum}};
    q0_tree_within2_q <= q0_tree_within1_q;
    q0_tree_kind2_q <= q0_tree_kind1_q;
    q0_base_p1_q <= q0_row_q[76:64];
    q0_base_p2_q <= q0_base_p1_q;
    q0_base_p3_q <= q0_base_p2_q;
    q0_address_q <= q0_to;
    q0_there_q <= q0_tree_kind2_q ? (q0_there_bits[6] & (q0_tree_tree2_q[5:0] == q0_tree_within2_q)) :
      q0_tree_tree2_q[7];
    q0_half_then_p1_q <= q0_half_q;
    q0_half_then_p2_q <= q0_half_then_p1_q;
    q0_half_then_p3_q <= q0_half_then_p2_q;
    q0_half_then_p4_q <= q0_half_then_p3_q;
    q0_half_then_p5_q <= q0_half_then_p4_q;
    q0_half_then_p6_q <= q0_half_then_p5_q;
    q0_is_outside_p1_q <= q0_outside_q;
    q0_is_outside_p2_q <= q0_is_outside_p1_q;
    q0_is_outside_p3_q <= q0_is_outside_p2_q;
    q0_is_outside_p4_q <= q0_is_outside_p3_q;
    q0_is_outside_p5_q <= q0_is_outside_p4_q;
    q0_shown_p1_q <= (q0_there_q & (q0_address_q < 13'd1024)) & ~q0_is_outside_p5_q;
    q0_shown_p2_q <= q0_shown_p1_q;
    q0_read_q <= elements0_q;
    q0_value_q <= q0_shown_p2_q ? q0_read_q : 8'd0;
    q0_flag_p1_q <= q0_is_outside_p5_q;
    q0_flag_p2_q <= q0_flag_p1_q;
    q0_flag_p3_q <= q0_flag_p2_q;
  end

  // both streams of what is found
  always @(posedge clk) begin
    if (rst) begin
      value_out_valid_q <= 1'd0;
    end else if (value_out_free) begin
      value_out_valid_q <= found_goes;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      outside_out_valid_q <= 1'd0;
    end else if (outside_out_free) begin
      outside_out_valid_q <= found_goes;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      found_some_q <= 5'd0;
    end else if (asked_p3_q ^ found_fetch) begin
      found_some_q <= asked_p3_q ? found_some_up : found_some_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      found_first_valid_q <= 1'd0;
    end else if (found_first_free) begin
      found_first_valid_q <= found_read_valid_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      found_read_valid_q <= 1'd0;
    end else if (found_read_free) begin
      found_read_valid_q <= |found_some_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      found_wr_q <= 4'd0;
    end else if (asked_p3_q) begin
      found_wr_q <= found_wr_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      found_rd_q <= 4'd0;
    end else if (found_fetch) begin
      found_rd_q <= found_rd_inc;
    end
  end

  always @(posedge clk) begin
    if (found_first_free) begin
      found_first_q <= found_q;
    end
  end

  always @(posedge clk) begin
    if (found_goes) begin
      out_last_q <= found_first_q[9];
      out_values_q <= found_first_q[7:0];
      out_outside_q <= found_first_q[8];
    end
  end

  wire unused_ok = &{1'b0, q0_there_bits[5:0], q0_tree_tree0_bits[0], served_next_sum[13], row_block_q[6],
      at_next[5:0], cat[127]};

endmodule

`default_nettype wire
