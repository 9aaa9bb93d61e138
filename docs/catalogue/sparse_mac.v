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

// nl_sparse_mac_16x128x32_hybrid_h640ceb
// block     sparse_mac: multiplies matrices and takes no cycle for zeros of the first one
// computes  c[i][j] = sum over k of a[i][k] * b[k][j]; a is a code of bitmaps or coordinates
// config    defaults
// niello    0.1.0, config a995745cef640ceb
// in  a_axis: 8 x 8 bits unsigned a beat, with a last mark
// in  b_axis: 8 x 8 bits signed a beat, last is ignored: frames end by count
// out m_axis: 8 x 23 bits signed a beat, with a last mark
// out m_report: 2 x 12 bits unsigned a beat
`default_nettype none

module nl_sparse_mac_16x128x32_hybrid_h640ceb (
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
  output wire [183:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready,
  output wire [23:0] m_report_tdata,
  output wire m_report_tvalid,
  input  wire m_report_tready
);

  reg [5:0] at_q;
  reg [63:0] low_q;
  reg low_valid_q;
  reg low_last_q;
  reg past_q;
  reg far_past_q;
  reg [1:0] lists_q;
  reg [2:0] reports_taken_q;
  reg lists_close_q;
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
  reg block_of_row_q;
  reg [4:0] rows_in_q;
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
  reg beyond_then_p1_q;
  reg beyond_then_p2_q;
  reg row_ends_then_p1_q;
  reg row_ends_then_p2_q;
  reg write_list_q;
  reg [7:0] entries_q;
  reg block_of_row_then_p1_q;
  reg block_of_row_then_p2_q;
  reg row_whole_q;
  reg [8:0] row_is_q;
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
  reg [1:0] rows_some_q;
  reg rows_first_valid_q;
  reg rows_read_valid_q;
  reg rows_wr_q;
  reg rows_rd_q;
  reg [8:0] rows_first_q;
  reg [4:0] sums_taken_q;
  reg [1:0] matrices_q;
  reg [1:0] matrices_whole_q;
  reg [9:0] b_place_q;
  reg [8:0] b_beat_q;
  reg matrix_freed_p1_q;
  reg matrix_freed_p2_q;
  reg matrix_freed_p3_q;
  reg matrix_freed_p4_q;
  reg matrix_whole_q;
  reg row_missing_q;
  reg [6:0] entry_at_q;
  reg [1:0] product_tile_q;
  reg [3:0] product_row_q;
  reg read_list_q;
  reg [14:0] entry_q;
  reg [9:0] tile_base_q;
  reg read_matrix_q;
  reg [9:0] tile_from_p1_q;
  reg [9:0] tile_from_p2_q;
  reg [9:0] b_at_q;
  reg some_p1_q;
  reg some_p2_q;
  reg some_p3_q;
  reg [63:0] b_row_q;
  reg [7:0] group_p1_q;
  reg [7:0] group_p2_q;
  reg [7:0] group_p3_q;
  reg live_p1_q;
  reg live_p2_q;
  reg live_p3_q;
  reg first_p1_q;
  reg first_p2_q;
  reg first_p3_q;
  reg first_p4_q;
  reg first_p5_q;
  reg first_p6_q;
  reg first_p7_q;
  reg valid_p1_q;
  reg valid_p2_q;
  reg valid_p3_q;
  reg valid_p4_q;
  reg valid_p5_q;
  reg valid_p6_q;
  reg valid_p7_q;
  reg signed [15:0] product0x0_q;
  reg signed [15:0] term0x0_q;
  reg signed [22:0] sum0_q;
  reg signed [15:0] product1x0_q;
  reg signed [15:0] term1x0_q;
  reg signed [22:0] sum1_q;
  reg signed [15:0] product2x0_q;
  reg signed [15:0] term2x0_q;
  reg signed [22:0] sum2_q;
  reg signed [15:0] product3x0_q;
  reg signed [15:0] term3x0_q;
  reg signed [22:0] sum3_q;
  reg signed [15:0] product4x0_q;
  reg signed [15:0] term4x0_q;
  reg signed [22:0] sum4_q;
  reg signed [15:0] product5x0_q;
  reg signed [15:0] term5x0_q;
  reg signed [22:0] sum5_q;
  reg signed [15:0] product6x0_q;
  reg signed [15:0] term6x0_q;
  reg signed [22:0] sum6_q;
  reg signed [15:0] product7x0_q;
  reg signed [15:0] term7x0_q;
  reg signed [22:0] sum7_q;
  reg done_p1_q;
  reg done_p2_q;
  reg done_p3_q;
  reg done_p4_q;
  reg done_p5_q;
  reg done_p6_q;
  reg done_p7_q;
  reg done_p8_q;
  reg done_last_p1_q;
  reg done_last_p2_q;
  reg done_last_p3_q;
  reg done_last_p4_q;
  reg done_last_p5_q;
  reg done_last_p6_q;
  reg done_last_p7_q;
  reg done_last_p8_q;
  reg [4:0] sums_some_q;
  reg sums_first_valid_q;
  reg sums_read_valid_q;
  reg [3:0] sums_wr_q;
  reg [3:0] sums_rd_q;
  reg [184:0] sums_first_q;
  wire a_axis_ready;
  wire [63:0] ahead_m_axis_tdata;
  wire ahead_m_axis_tvalid;
  wire low_last_d;
  reg [23:0] reports_q;
  reg [23:0] reports [0:3];
  reg [14:0] list_q;
  reg [14:0] list [0:255];
  reg [8:0] rows_q;
  reg [8:0] rows [0:1];
  reg [63:0] matrix_q;
  reg [63:0] matrix [0:1023];
  reg [184:0] sums_q;
  reg [184:0] sums [0:15];

  // the code is taken apart, where a list has a place
  wire [1:0] lists_up = lists_q + 2'd1;
  wire [1:0] lists_down = lists_q - 2'd1;
  wire [2:0] reports_taken_up = reports_taken_q + 3'd1;
  wire [2:0] reports_taken_down = reports_taken_q - 3'd1;
  wire may = (past_q | (low_valid_q & (low_last_q | ahead_m_axis_tvalid))) & ~lists_close_q;
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

  // entries of a row, once for each tile
  wire first_p1_any = |entry_at_q;
  wire go = (rows_first_valid_q & (|matrices_whole_q)) & ((sums_taken_q != 5'd16) | first_p1_any);
  wire row_some = rows_first_q[7] & ~row_missing_q;
  wire entry_last = ~row_some | (entry_at_q == rows_first_q[6:0]);
  wire tile_ends = go & entry_last;
  wire product_tile_last = product_tile_q == 2'd3;
  wire row_done = tile_ends & product_tile_last;
  wire product_row_last = product_row_q == 4'd15;
  wire row_leaves = row_done & (~rows_first_q[8] | product_row_last);

  // what was taken, when its bits are in the view
  wire list_freed = row_leaves;

  // where blocks and rows end, in front of the rows' elements
  wire block_fin = (pairs_at_p1_q | values_at_p1_q) & fin_p1_q;
  wire row_beyond = rows_in_q == 5'd16;
  wire row_ends = block_fin & ((block_of_row_q == 1'd1) | ends);
  wire block_next = block_of_row_q + 1'd1;
  wire row_counts = row_ends & ~row_beyond;
  wire [4:0] rows_next = rows_in_q + 5'd1;

  // entries of a row's list
  wire broken_before = (row_pairs_q & ~row_begins_q) & broke_q;
  wire row_and = ~broken_before & good0_q;
  wire broken = row_pairs_q & (broken_before | (asked_q & ~row_and));
  wire entry_there = ((row_there_q & row_q[12]) & ~row_q[0]) & ~beyond_then_p2_q;
  wire [7:0] entries_next = entries_q + {7'd0, entry_there};
  wire [6:0] entries_less = entries_q[6:0] - 7'd1;

  // what is said of the code
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
  wire [1:0] rows_some_up = rows_some_q + 2'd1;
  wire [1:0] rows_some_down = rows_some_q - 2'd1;
  wire rows_first_free = ~rows_first_valid_q | list_freed;
  wire rows_read_free = ~rows_read_valid_q | rows_first_free;
  wire rows_fetch = rows_read_free & (|rows_some_q);
  wire rows_wr_inc = rows_wr_q + 1'd1;
  wire rows_rd_inc = rows_rd_q + 1'd1;
  wire [4:0] sums_taken_up = sums_taken_q + 5'd1;
  wire [4:0] sums_taken_down = sums_taken_q - 5'd1;

  // entries of a row, once for each tile
  wire frame_done = row_done & product_row_last;

  // what is said of the code
  wire matrix_done = frame_done;

  // matrices b, two by turns
  wire [1:0] matrices_up = matrices_q + 2'd1;
  wire [1:0] matrices_down = matrices_q - 2'd1;
  wire [1:0] matrices_whole_up = matrices_whole_q + 2'd1;
  wire [1:0] matrices_whole_down = matrices_whole_q - 2'd1;
  wire b_axis_fire = b_axis_tvalid & (matrices_q != 2'd2);
  wire [9:0] b_place_inc = b_place_q + 10'd1;
  wire b_beat_last = b_beat_q == 9'd511;
  wire [8:0] b_beat_inc = b_beat_q + 9'd1;
  wire matrix_comes = b_axis_fire & b_beat_last;

  // entries of a row, once for each tile
  wire [6:0] entry_next = entry_at_q + 7'd1;
  wire [1:0] product_tile_inc = product_tile_q + 2'd1;
  wire [3:0] product_row_inc = product_row_q + 4'd1;

  // an entry, and the row of b that it asks for
  wire [9:0] tile_next = tile_base_q + 10'd128;
  wire [9:0] b_at_d = tile_from_p2_q + {3'd0, entry_q[14:8]};

  // products, and their sums
  wire [7:0] product0x0_bits = b_row_q[7:0];
  wire signed [15:0] product0x0_d = $signed({{8{group_p3_q[7]}},
      group_p3_q}) * $signed({{8{product0x0_bits[7]}}, product0x0_bits});
  wire signed [22:0] sum0_next = (first_p7_q ? 23'h0 : sum0_q) + {{7{term0x0_q[15]}}, term0x0_q};
  wire [7:0] product1x0_bits = b_row_q[15:8];
  wire signed [15:0] product1x0_d = $signed({{8{group_p3_q[7]}},
      group_p3_q}) * $signed({{8{product1x0_bits[7]}}, product1x0_bits});
  wire signed [22:0] sum1_next = (first_p7_q ? 23'h0 : sum1_q) + {{7{term1x0_q[15]}}, term1x0_q};
  wire [7:0] product2x0_bits = b_row_q[23:16];
  wire signed [15:0] product2x0_d = $signed({{8{group_p3_q[7]}},
      group_p3_q}) * $signed({{8{product2x0_bits[7]}}, product2x0_bits});
  wire signed [22:0] sum2_next = (first_p7_q ? 23'h0 : sum2_q) + {{7{term2x0_q[15]}}, term2x0_q};
  wire [7:0] product3x0_bits = b_row_q[31:24];
  wire signed [15:0] product3x0_d = $signed({{8{group_p3_q[7]}},
      group_p3_q}) * $signed({{8{product3x0_bits[7]}}, product3x0_bits});
  wire signed [22:0] sum3_next = (first_p7_q ? 23'h0 : sum3_q) + {{7{term3x0_q[15]}}, term3x0_q};
  wire [7:0] product4x0_bits = b_row_q[39:32];
  wire signed [15:0] product4x0_d = $signed({{8{group_p3_q[7]}},
      group_p3_q}) * $signed({{8{product4x0_bits[7]}}, product4x0_bits});
  wire signed [22:0] sum4_next = (first_p7_q ? 23'h0 : sum4_q) + {{7{term4x0_q[15]}}, term4x0_q};
  wire [7:0] product5x0_bits = b_row_q[47:40];
  wire signed [15:0] product5x0_d = $signed({{8{group_p3_q[7]}},
      group_p3_q}) * $signed({{8{product5x0_bits[7]}}, product5x0_bits});
  wire signed [22:0] sum5_next = (first_p7_q ? 23'h0 : sum5_q) + {{7{term5x0_q[15]}}, term5x0_q};
  wire [7:0] product6x0_bits = b_row_q[55:48];
  wire signed [15:0] product6x0_d = $signed({{8{group_p3_q[7]}},
      group_p3_q}) * $signed({{8{product6x0_bits[7]}}, product6x0_bits});
  wire signed [22:0] sum6_next = (first_p7_q ? 23'h0 : sum6_q) + {{7{term6x0_q[15]}}, term6x0_q};
  wire [7:0] product7x0_bits = b_row_q[63:56];
  wire signed [15:0] product7x0_d = $signed({{8{group_p3_q[7]}},
      group_p3_q}) * $signed({{8{product7x0_bits[7]}}, product7x0_bits});
  wire signed [22:0] sum7_next = (first_p7_q ? 23'h0 : sum7_q) + {{7{term7x0_q[15]}}, term7x0_q};

  // sums that are done
  wire [4:0] sums_some_up = sums_some_q + 5'd1;
  wire [4:0] sums_some_down = sums_some_q - 5'd1;
  wire sums_first_free = ~sums_first_valid_q | m_axis_tready;
  wire sums_read_free = ~sums_read_valid_q | sums_first_free;
  wire sums_fetch = sums_read_free & (|sums_some_q);
  wire [3:0] sums_wr_inc = sums_wr_q + 4'd1;
  wire [3:0] sums_rd_inc = sums_rd_q + 4'd1;
  wire sums_taken_and = go & ~first_p1_any;
  assign m_axis_tdata = sums_first_q[183:0];
  assign m_axis_tlast = sums_first_q[184];

  // what is said of the code
  always @(posedge clk) if (code_ends) begin
    reports[reports_wr_q] <= {{5'd0, malformed_next}, served_q};
  end
  always @(posedge clk) if (reports_fetch) begin
    reports_q <= reports[reports_rd_q];
  end

  // what is said of the code
  always @(posedge clk) if (entry_there) begin
    list[{write_list_q, entries_q[6:0]}] <= {{block_of_row_then_p2_q, row_q[27:22]}, row_q[21:14]};
  end
  always @(posedge clk) if (go & row_some) begin
    list_q <= list[{read_list_q, entry_at_q}];
  end

  // what is said of the code
  always @(posedge clk) if (row_whole_q) begin
    rows[rows_wr_q] <= row_is_q;
  end
  always @(posedge clk) if (rows_fetch) begin
    rows_q <= rows[rows_rd_q];
  end

  // matrices b, two by turns
  always @(posedge clk) if (b_axis_fire) begin
    matrix[b_place_q] <= b_axis_tdata;
  end
  always @(posedge clk) if (some_p3_q) begin
    matrix_q <= matrix[b_at_q];
  end

  // sums that are done
  always @(posedge clk) if (done_p8_q) begin
    sums[sums_wr_q] <= {done_last_p8_q, {sum7_q, sum6_q, sum5_q, sum4_q, sum3_q, sum2_q, sum1_q, sum0_q}};
  end
  always @(posedge clk) if (sums_fetch) begin
    sums_q <= sums[sums_rd_q];
  end

  // the code is taken apart, where a list has a place
  nl_skid_buffer_u8x8 u_ahead (
    .clk(clk),
    .rst(rst),
    .s_axis_tdata(a_axis_tdata),
    .s_axis_tvalid(a_axis_tvalid),
    .s_axis_tlast(a_axis_tlast),
    .s_axis_tready(a_axis_ready),
    .m_axis_tdata(ahead_m_axis_tdata),
    .m_axis_tvalid(ahead_m_axis_tvalid),
    .m_axis_tlast(low_last_d),
    .m_axis_tready(word_loads)
  );

  assign a_axis_tready = a_axis_ready;
  assign m_axis_tvalid = sums_first_valid_q;
  assign m_report_tdata = reports_first_q;
  assign m_report_tvalid = reports_first_valid_q;

  // matrices b, two by turns
  assign b_axis_tready = matrices_q != 2'd2;

  // the code is taken apart, where a list has a place
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
      lists_q <= 2'd0;
    end else if (row_counts ^ list_freed) begin
      lists_q <= row_counts ? lists_up : lists_down;
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
      lists_close_q <= 1'd0;
      header_p1_q <= 1'd0;
      planned_q <= 1'd0;
    end else begin
      lists_close_q <= (lists_q == 2'd2) | (reports_taken_q == 3'd4);
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

  // where blocks and rows end, in front of the rows' elements
  always @(posedge clk) begin
    if (rst) begin
      block_of_row_q <= 1'd0;
    end else if (block_fin) begin
      block_of_row_q <= row_ends ? 1'd0 : block_next;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      rows_in_q <= 5'd0;
    end else if (row_counts | end_p1_q) begin
      rows_in_q <= end_p1_q ? 5'd0 : rows_next;
    end
  end

  // entries of a row's list
  always @(posedge clk) begin
    if (pairs_at_p1_q) begin
      index_before_q <= view_q[5:0];
    end
  end

  always @(posedge clk) begin
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
    beyond_then_p1_q <= row_beyond;
    beyond_then_p2_q <= beyond_then_p1_q;
    block_of_row_then_p1_q <= block_of_row_q;
    block_of_row_then_p2_q <= block_of_row_then_p1_q;
    row_is_q <= {row_q[5], (|entries_next), (entry_there ? entries_q[6:0] : entries_less)};
  end

  always @(posedge clk) begin
    if (rst) begin
      row_end_q <= 1'd0;
      row_at_q <= 1'd0;
      row_pairs_q <= 1'd0;
      row_there_q <= 1'd0;
      row_ends_then_p1_q <= 1'd0;
      row_ends_then_p2_q <= 1'd0;
      row_whole_q <= 1'd0;
    end else begin
      row_end_q <= end_p1_q;
      row_at_q <= (pairs_at_p1_q | values_at_p1_q) | end_p1_q;
      row_pairs_q <= pairs_at_p1_q;
      row_there_q <= row_at_q;
      row_ends_then_p1_q <= row_counts;
      row_ends_then_p2_q <= row_ends_then_p1_q;
      row_whole_q <= row_ends_then_p2_q;
    end
  end

  always @(posedge clk) begin
    if (row_pairs_q) begin
      broke_q <= broken;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      write_list_q <= 1'd0;
    end else if (row_ends_then_p2_q) begin
      write_list_q <= ~write_list_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      entries_q <= 8'd0;
    end else if (entry_there | row_ends_then_p2_q) begin
      entries_q <= row_ends_then_p2_q ? 8'd0 : entries_next;
    end
  end

  // what is said of the code
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

  always @(posedge clk) begin
    if (rst) begin
      rows_some_q <= 2'd0;
    end else if (row_whole_q ^ rows_fetch) begin
      rows_some_q <= row_whole_q ? rows_some_up : rows_some_down;
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
      rows_wr_q <= 1'd0;
    end else if (row_whole_q) begin
      rows_wr_q <= rows_wr_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      rows_rd_q <= 1'd0;
    end else if (rows_fetch) begin
      rows_rd_q <= rows_rd_inc;
    end
  end

  always @(posedge clk) begin
    if (rows_first_free) begin
      rows_first_q <= rows_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      sums_taken_q <= 5'd0;
    end else if (sums_taken_and ^ sums_fetch) begin
      sums_taken_q <= sums_taken_and ? sums_taken_up : sums_taken_down;
    end
  end

  // matrices b, two by turns
  always @(posedge clk) begin
    if (rst) begin
      matrices_q <= 2'd0;
    end else if (matrix_comes ^ matrix_freed_p4_q) begin
      matrices_q <= matrix_comes ? matrices_up : matrices_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      matrices_whole_q <= 2'd0;
    end else if (matrix_whole_q ^ matrix_done) begin
      matrices_whole_q <= matrix_whole_q ? matrices_whole_up : matrices_whole_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      b_place_q <= 10'd0;
      b_beat_q <= 9'd0;
    end else if (b_axis_fire) begin
      b_place_q <= b_place_inc;
      b_beat_q <= b_beat_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      matrix_freed_p1_q <= 1'd0;
      matrix_freed_p2_q <= 1'd0;
      matrix_freed_p3_q <= 1'd0;
      matrix_freed_p4_q <= 1'd0;
      matrix_whole_q <= 1'd0;
    end else begin
      matrix_freed_p1_q <= matrix_done;
      matrix_freed_p2_q <= matrix_freed_p1_q;
      matrix_freed_p3_q <= matrix_freed_p2_q;
      matrix_freed_p4_q <= matrix_freed_p3_q;
      matrix_whole_q <= matrix_comes;
    end
  end

  // entries of a row, once for each tile
  always @(posedge clk) begin
    if (rst) begin
      row_missing_q <= 1'd0;
      product_row_q <= 4'd0;
    end else if (row_done) begin
      row_missing_q <= rows_first_q[8] & ~product_row_last;
      product_row_q <= product_row_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      entry_at_q <= 7'd0;
    end else if (go) begin
      entry_at_q <= entry_last ? 7'd0 : entry_next;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      product_tile_q <= 2'd0;
    end else if (tile_ends) begin
      product_tile_q <= product_tile_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      read_list_q <= 1'd0;
    end else if (row_leaves) begin
      read_list_q <= ~read_list_q;
    end
  end

  // an entry, and the row of b that it asks for
  always @(posedge clk) begin
    entry_q <= list_q;
    tile_from_p1_q <= tile_base_q;
    tile_from_p2_q <= tile_from_p1_q;
    b_at_q <= b_at_d;
    b_row_q <= matrix_q;
    group_p1_q <= entry_q[7:0];
    group_p2_q <= group_p1_q;
    group_p3_q <= group_p2_q;
  end

  always @(posedge clk) begin
    if (rst) begin
      tile_base_q <= 10'd0;
    end else if (tile_ends) begin
      tile_base_q <= row_done ? ((read_matrix_q ^ frame_done) ? 10'd512 : 10'd0) : tile_next;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      read_matrix_q <= 1'd0;
    end else if (frame_done) begin
      read_matrix_q <= ~read_matrix_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      some_p1_q <= 1'd0;
      some_p2_q <= 1'd0;
      some_p3_q <= 1'd0;
    end else begin
      some_p1_q <= go & row_some;
      some_p2_q <= some_p1_q;
      some_p3_q <= some_p2_q;
    end
  end

  // products, and their sums
  always @(posedge clk) begin
    live_p1_q <= some_p3_q;
    live_p2_q <= live_p1_q;
    live_p3_q <= live_p2_q;
    first_p1_q <= ~first_p1_any;
    first_p2_q <= first_p1_q;
    first_p3_q <= first_p2_q;
    first_p4_q <= first_p3_q;
    first_p5_q <= first_p4_q;
    first_p6_q <= first_p5_q;
    first_p7_q <= first_p6_q;
    product0x0_q <= product0x0_d;
    term0x0_q <= live_p3_q ? product0x0_q : 16'd0;
    product1x0_q <= product1x0_d;
    term1x0_q <= live_p3_q ? product1x0_q : 16'd0;
    product2x0_q <= product2x0_d;
    term2x0_q <= live_p3_q ? product2x0_q : 16'd0;
    product3x0_q <= product3x0_d;
    term3x0_q <= live_p3_q ? product3x0_q : 16'd0;
    product4x0_q <= product4x0_d;
    term4x0_q <= live_p3_q ? product4x0_q : 16'd0;
    product5x0_q <= product5x0_d;
    term5x0_q <= live_p3_q ? product5x0_q : 16'd0;
    product6x0_q <= product6x0_d;
    term6x0_q <= live_p3_q ? product6x0_q : 16'd0;
    product7x0_q <= product7x0_d;
    term7x0_q <= live_p3_q ? product7x0_q : 16'd0;
  end

  always @(posedge clk) begin
    if (rst) begin
      valid_p1_q <= 1'd0;
      valid_p2_q <= 1'd0;
      valid_p3_q <= 1'd0;
      valid_p4_q <= 1'd0;
      valid_p5_q <= 1'd0;
      valid_p6_q <= 1'd0;
      valid_p7_q <= 1'd0;
    end else begin
      valid_p1_q <= go;
      valid_p2_q <= valid_p1_q;
      valid_p3_q <= valid_p2_q;
      valid_p4_q <= valid_p3_q;
      valid_p5_q <= valid_p4_q;
      valid_p6_q <= valid_p5_q;
      valid_p7_q <= valid_p6_q;
    end
  end

  always @(posedge clk) begin
    if (valid_p7_q) begin
      sum0_q <= sum0_next;
      sum1_q <= sum1_next;
      sum2_q <= sum2_next;
      sum3_q <= sum3_next;
      sum4_q <= sum4_next;
      sum5_q <= sum5_next;
      sum6_q <= sum6_next;
      sum7_q <= sum7_next;
    end
  end

  // sums that are done
  always @(posedge clk) begin
    if (rst) begin
      done_p1_q <= 1'd0;
      done_p2_q <= 1'd0;
      done_p3_q <= 1'd0;
      done_p4_q <= 1'd0;
      done_p5_q <= 1'd0;
      done_p6_q <= 1'd0;
      done_p7_q <= 1'd0;
      done_p8_q <= 1'd0;
    end else begin
      done_p1_q <= tile_ends;
      done_p2_q <= done_p1_q;
      done_p3_q <= done_p2_q;
      done_p4_q <= done_p3_q;
      done_p5_q <= done_p4_q;
      done_p6_q <= done_p5_q;
      done_p7_q <= done_p6_q;
      done_p8_q <= done_p7_q;
    end
  end

  always @(posedge clk) begin
    done_last_p1_q <= frame_done;
    done_last_p2_q <= done_last_p1_q;
    done_last_p3_q <= done_last_p2_q;
    done_last_p4_q <= done_last_p3_q;
    done_last_p5_q <= done_last_p4_q;
    done_last_p6_q <= done_last_p5_q;
    done_last_p7_q <= done_last_p6_q;
    done_last_p8_q <= done_last_p7_q;
  end

  always @(posedge clk) begin
    if (rst) begin
      sums_some_q <= 5'd0;
    end else if (done_p8_q ^ sums_fetch) begin
      sums_some_q <= done_p8_q ? sums_some_up : sums_some_down;
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
    end else if (done_p8_q) begin
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

  wire unused_ok = &{1'b0, served_next_sum[12], row_q[33:28], row_q[13], row_q[3:2], at_next[5:0], lowest_q[0],
      cat[127], b_axis_tlast};

endmodule

`default_nettype wire
