// nl_sparse_encoder_64x1w8_h78a8c4
// block        sparse_encoder: writes tensors as bitmaps or coordinates of what is not zero, and that
// computes     code = for each block of r elements, n of them not zero: r bits and n elements,
//     or n pairs of an index and an element, the shorter one
// config       defaults
// niello       0.1.0, config 3bfcbc07cb78a8c4
// header       last, kind of 2 bits, then with last 6 bits: elements - 1
// coordinates  count of 7 bits, then index of 6 bits and element, each
// written      2 elements a cycle
// in  s_axis: 1 x 8 bits signed a beat, with a last mark
// out m_axis: 4 x 8 bits unsigned a beat, with a last mark
// out m_bits: 1 x 32 bits unsigned a beat
`default_nettype none

module nl_sparse_encoder_64x1w8_h78a8c4 (
  input  wire clk,
  input  wire rst,
  input  wire [7:0] s_axis_tdata,
  input  wire s_axis_tvalid,
  input  wire s_axis_tlast,
  output wire s_axis_tready,
  output wire [31:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready,
  output wire [31:0] m_bits_tdata,
  output wire m_bits_tvalid,
  input  wire m_bits_tready
);

  reg [2:0] blocks_q;
  reg [5:0] beat_q;
  reg [5:0] number_q;
  reg beat_at_q;
  reg beat_last_q;
  reg [7:0] x0_q;
  reg there0_q;
  reg [6:0] length_p1_q;
  reg entry_fill_q;
  reg entry_at_p1_q;
  reg entry_at_p2_q;
  reg [2:0] entry_flags_p1_q;
  reg [2:0] entry_flags_p2_q;
  reg entry_by_q;
  reg [27:0] entry_items_q;
  reg [27:0] entry_turned0_q;
  reg entry_by0_q;
  reg [27:0] entry_so_far_q;
  reg entry_waits_q;
  reg [27:0] entry_waiting_q;
  reg entry_out_at_q;
  reg [27:0] entry_out_q;
  reg part0_q;
  reg part1_q;
  reg part2_q;
  reg part3_q;
  reg part4_q;
  reg part5_q;
  reg part6_q;
  reg part7_q;
  reg part8_q;
  reg part9_q;
  reg part10_q;
  reg part11_q;
  reg part12_q;
  reg part13_q;
  reg part14_q;
  reg part15_q;
  reg part16_q;
  reg part17_q;
  reg part18_q;
  reg part19_q;
  reg part20_q;
  reg part21_q;
  reg part22_q;
  reg part23_q;
  reg part24_q;
  reg part25_q;
  reg part26_q;
  reg part27_q;
  reg part28_q;
  reg part29_q;
  reg part30_q;
  reg part31_q;
  reg part_done_q;
  reg [6:0] count_so_far_q;
  reg [6:0] count_q;
  reg counted_p1_q;
  reg counted_p2_q;
  reg counted_p3_q;
  reg counted_p4_q;
  reg [6:0] counted_length_q;
  reg [5:0] size_q;
  reg [10:0] index_room_q;
  reg [6:0] rows_p1_q;
  reg [6:0] rows_p2_q;
  reg row_last_p1_q;
  reg row_last_p2_q;
  reg [6:0] n_q;
  reg frame_end_p1_q;
  reg frame_end_p2_q;
  reg parts_less_p1_q;
  reg parts_less_p2_q;
  reg [4:0] part_last_p1_q;
  reg [4:0] part_last_p2_q;
  reg pairs_q;
  reg [5:0] size_known_q;
  reg [6:0] n_known_q;
  reg [36:0] record_p1_q;
  reg [2:0] pending_q;
  reg next_there_q;
  reg [1:0] record_wr_q;
  reg [1:0] record_rd_q;
  reg word_out_valid_q;
  reg bits_out_valid_q;
  reg in_parts_q;
  reg in_rows_q;
  reg cur_has_rows_q;
  reg cur_pairs_q;
  reg cur_end_q;
  reg cur_row_last_q;
  reg [4:0] cur_part_last_q;
  reg parts_left_q;
  reg [6:0] rows_left_q;
  reg [6:0] rows_wr_q;
  reg [6:0] rows_rd_q;
  reg [6:0] rows_used_q;
  reg rows_close_q;
  reg [27:0] rows_data_q;
  reg left_out_q;
  reg cur_parts_q;
  reg [3:0] parts_wr_q;
  reg [3:0] parts_rd_q;
  reg [4:0] parts_used_q;
  reg parts_close_q;
  reg [31:0] parts_data_q;
  reg write_p1_q;
  reg write_p2_q;
  reg write_header_p1_q;
  reg write_header_p2_q;
  reg write_part_p1_q;
  reg write_part_p2_q;
  reg write_ends_p1_q;
  reg write_ends_p2_q;
  reg [15:0] write_bits_p1_q;
  reg [15:0] write_bits_p2_q;
  reg [5:0] write_count_p1_q;
  reg [5:0] write_count_p2_q;
  reg write_pairs_p1_q;
  reg write_pairs_p2_q;
  reg [31:0] group_q;
  reg group_at_q;
  reg [5:0] group_count_q;
  reg group_ends_q;
  reg [4:0] word_fill_q;
  reg word_at_p1_q;
  reg word_at_p2_q;
  reg word_at_p3_q;
  reg word_at_p4_q;
  reg [2:0] word_flags_p1_q;
  reg [2:0] word_flags_p2_q;
  reg [2:0] word_flags_p3_q;
  reg [2:0] word_flags_p4_q;
  reg [4:0] word_by_q;
  reg [31:0] word_items_q;
  reg [31:0] word_turned0_q;
  reg [4:0] word_by0_q;
  reg [31:0] word_turned1_q;
  reg [4:0] word_by1_q;
  reg [31:0] word_turned2_q;
  reg [4:0] word_by2_q;
  reg [31:0] word_so_far_q;
  reg word_waits_q;
  reg [31:0] word_waiting_q;
  reg word_end_waits_q;
  reg word_out_at_q;
  reg [31:0] word_out_q;
  reg word_out_end_q;
  reg [31:0] word_data_q;
  reg word_last_q;
  reg [31:0] bits_so_far_q;
  reg [31:0] bits_q;
  reg [36:0] records_q;
  reg [36:0] records [0:3];
  reg [27:0] rows_q;
  reg [27:0] rows [0:74];
  reg [31:0] parts_q;
  reg [31:0] parts [0:15];

  // blocks as they come, where there is room for one more beat
  wire [2:0] blocks_up = blocks_q + 3'd1;
  wire [2:0] blocks_down = blocks_q - 3'd1;

  // a cycle writes the header, a part of the bitmap or a row of elements
  wire word_out_free = ~word_out_valid_q | m_axis_tready;
  wire bits_out_free = ~bits_out_valid_q | m_bits_tready;
  wire run = word_out_free & bits_out_free;
  wire header_now = ((run & next_there_q) & ~in_parts_q) & ~in_rows_q;

  // blocks as they come, where there is room for one more beat
  wire header_go = header_now;
  wire row_last = s_axis_tlast | (beat_q == 6'd63);
  wire [5:0] beat_next = beat_q + 6'd1;

  // memories of both
  wire close = rows_close_q | parts_close_q;

  // blocks as they come, where there is room for one more beat
  wire s_axis_ready = ~close & ~(row_last & (blocks_q == 3'd4));
  wire s_axis_fire = s_axis_tvalid & s_axis_ready;
  wire row = s_axis_fire & row_last;
  wire [6:0] length_p1_d = {s_axis_tlast, beat_q};

  // elements that are not zero in rows, and bitmaps in parts
  wire [1:0] entry_fill_now = {1'd0, entry_fill_q} + {1'd0, there0_q};
  wire entry_go = beat_at_q;
  wire entry_fill_now_l1 = entry_fill_q + there0_q;
  wire entry_fill_now_l2 = entry_fill_q + there0_q;
  wire [27:0] entry_here = {14'd16383, {(entry_by0_q <= 1'd0), (entry_by0_q <= 1'd0), (entry_by0_q <= 1'd0),
      (entry_by0_q <= 1'd0), (entry_by0_q <= 1'd0), (entry_by0_q <= 1'd0), (entry_by0_q <= 1'd0),
      (entry_by0_q <= 1'd0), (entry_by0_q <= 1'd0), (entry_by0_q <= 1'd0), (entry_by0_q <= 1'd0),
      (entry_by0_q <= 1'd0), (entry_by0_q <= 1'd0), (entry_by0_q <= 1'd0)}};
  wire [27:0] entry_row = entry_so_far_q | (entry_turned0_q & entry_here);
  wire [27:0] entry_beyond = entry_turned0_q & ~entry_here;
  wire entry_leaves = entry_at_p2_q & (entry_flags_p2_q[0] | entry_flags_p2_q[2]);
  wire entry_second = (entry_at_p2_q & entry_flags_p2_q[1]) & entry_flags_p2_q[2];
  wire [4:0] part_done_bits = number_q[4:0];
  wire part0_eq = part_done_bits == 5'd0;
  wire part1_eq = part_done_bits == 5'd1;
  wire part2_eq = part_done_bits == 5'd2;
  wire part3_eq = part_done_bits == 5'd3;
  wire part4_eq = part_done_bits == 5'd4;
  wire part5_eq = part_done_bits == 5'd5;
  wire part6_eq = part_done_bits == 5'd6;
  wire part7_eq = part_done_bits == 5'd7;
  wire part8_eq = part_done_bits == 5'd8;
  wire part9_eq = part_done_bits == 5'd9;
  wire part10_eq = part_done_bits == 5'd10;
  wire part11_eq = part_done_bits == 5'd11;
  wire part12_eq = part_done_bits == 5'd12;
  wire part13_eq = part_done_bits == 5'd13;
  wire part14_eq = part_done_bits == 5'd14;
  wire part15_eq = part_done_bits == 5'd15;
  wire part16_eq = part_done_bits == 5'd16;
  wire part17_eq = part_done_bits == 5'd17;
  wire part18_eq = part_done_bits == 5'd18;
  wire part19_eq = part_done_bits == 5'd19;
  wire part20_eq = part_done_bits == 5'd20;
  wire part21_eq = part_done_bits == 5'd21;
  wire part22_eq = part_done_bits == 5'd22;
  wire part23_eq = part_done_bits == 5'd23;
  wire part24_eq = part_done_bits == 5'd24;
  wire part25_eq = part_done_bits == 5'd25;
  wire part26_eq = part_done_bits == 5'd26;
  wire part27_eq = part_done_bits == 5'd27;
  wire part28_eq = part_done_bits == 5'd28;
  wire part29_eq = part_done_bits == 5'd29;
  wire part30_eq = part_done_bits == 5'd30;
  wire part31_eq = part_done_bits == 5'd31;

  // what is known of a block when it has come
  wire counted_p1_d = beat_last_q & beat_at_q;
  wire [7:0] count_now = {1'd0, count_so_far_q} + {7'd0, there0_q};
  wire [6:0] count_d = count_now[6:0];
  wire [5:0] size_less = counted_length_q[5:0];
  wire [9:0] index_room_sum = {2'd0, {count_q, 1'd0}} + {1'd0, {count_q, 2'd0}};
  wire [7:0] rows_p1_sum = {1'd0, count_q} + 8'd1;
  wire row_last_p1_d = count_q[0] - 1'd1;
  wire [11:0] pairs_sum = {1'd0, index_room_q} + 12'd7;
  wire [6:0] record_p1_sel = pairs_q ? n_known_q : 7'd0;
  wire [2:0] pending_up = pending_q + 3'd1;
  wire [2:0] pending_down = pending_q - 3'd1;
  wire fetch = (|pending_q) & (~next_there_q | header_go);
  wire [1:0] record_wr_inc = record_wr_q + 2'd1;
  wire [1:0] record_rd_inc = record_rd_q + 2'd1;

  // a cycle writes the header, a part of the bitmap or a row of elements
  wire [6:0] rows_less_bits = records_q[7:1];
  wire part_go = run & in_parts_q;
  wire row_go = run & in_rows_q;
  wire has_rows = |rows_less_bits;
  wire [6:0] rows_less = rows_less_bits - 7'd1;
  wire parts_left_less = parts_left_q - 1'd1;
  wire [6:0] rows_left_less = rows_left_q - 7'd1;
  wire in_rows_any = |rows_left_q;

  // memories of both
  wire rows_wr_last = rows_wr_q == 7'd74;
  wire [6:0] rows_wr_inc = rows_wr_q + 7'd1;
  wire rows_rd_last = rows_rd_q == 7'd74;
  wire [6:0] rows_rd_inc = rows_rd_q + 7'd1;
  wire [7:0] rows_more = {1'd0, rows_used_q} + {7'd0, entry_out_at_q};
  wire [6:0] rows_used_d = rows_more[6:0] - {6'd0, row_go ? 1'd1 : 1'd0};
  wire [1:0] parts_here = {1'd0, cur_parts_q} + 2'd1;
  wire [3:0] parts_wr_inc = parts_wr_q + 4'd1;
  wire [1:0] parts_gone = part_go ? 2'd1 : (left_out_q ? parts_here : 2'd0);
  wire [3:0] parts_rd_d = parts_rd_q + {2'd0, parts_gone};
  wire [5:0] parts_more = {1'd0, parts_used_q} + {5'd0, part_done_q};
  wire [4:0] parts_used_d = parts_more[4:0] - {3'd0, parts_gone};

  // bits of the cycle, and how many
  reg [5:0] write_count_p1_sel;
  always @* begin
    case (cur_part_last_q)
      5'd0: write_count_p1_sel = 6'd1;
      5'd1: write_count_p1_sel = 6'd2;
      5'd2: write_count_p1_sel = 6'd3;
      5'd3: write_count_p1_sel = 6'd4;
      5'd4: write_count_p1_sel = 6'd5;
      5'd5: write_count_p1_sel = 6'd6;
      5'd6: write_count_p1_sel = 6'd7;
      5'd7: write_count_p1_sel = 6'd8;
      5'd8: write_count_p1_sel = 6'd9;
      5'd9: write_count_p1_sel = 6'd10;
      5'd10: write_count_p1_sel = 6'd11;
      5'd11: write_count_p1_sel = 6'd12;
      5'd12: write_count_p1_sel = 6'd13;
      5'd13: write_count_p1_sel = 6'd14;
      5'd14: write_count_p1_sel = 6'd15;
      5'd15: write_count_p1_sel = 6'd16;
      5'd16: write_count_p1_sel = 6'd17;
      5'd17: write_count_p1_sel = 6'd18;
      5'd18: write_count_p1_sel = 6'd19;
      5'd19: write_count_p1_sel = 6'd20;
      5'd20: write_count_p1_sel = 6'd21;
      5'd21: write_count_p1_sel = 6'd22;
      5'd22: write_count_p1_sel = 6'd23;
      5'd23: write_count_p1_sel = 6'd24;
      5'd24: write_count_p1_sel = 6'd25;
      5'd25: write_count_p1_sel = 6'd26;
      5'd26: write_count_p1_sel = 6'd27;
      5'd27: write_count_p1_sel = 6'd28;
      5'd28: write_count_p1_sel = 6'd29;
      5'd29: write_count_p1_sel = 6'd30;
      5'd30: write_count_p1_sel = 6'd31;
      default: write_count_p1_sel = 6'd32;
    endcase
  end

  // bits behind those before
  wire [5:0] word_fill_now = {1'd0, word_fill_q} + group_count_q;
  wire word_go = run & group_at_q;
  wire [4:0] word_fill_now_l1 = word_fill_q + group_count_q[4:0];
  wire [4:0] word_fill_now_l2 = word_fill_q + group_count_q[4:0];
  wire word_flags_p1_any = |word_fill_now_l2;
  wire [31:0] word_turned0_sel = word_by_q[0] ? {word_items_q[30:0], word_items_q[31]} : word_items_q;
  wire [31:0] word_turned1_sel = word_by0_q[2] ? {word_turned0_q[27:0], word_turned0_q[31:28]} : word_turned0_q;
  wire [31:0] word_here = {1'd1, (word_by2_q <= 5'd30), (word_by2_q <= 5'd29), (word_by2_q <= 5'd28),
      (word_by2_q <= 5'd27), (word_by2_q <= 5'd26), (word_by2_q <= 5'd25), (word_by2_q <= 5'd24),
      (word_by2_q <= 5'd23), (word_by2_q <= 5'd22), (word_by2_q <= 5'd21), (word_by2_q <= 5'd20),
      (word_by2_q <= 5'd19), (word_by2_q <= 5'd18), (word_by2_q <= 5'd17), (word_by2_q <= 5'd16),
      (word_by2_q <= 5'd15), (word_by2_q <= 5'd14), (word_by2_q <= 5'd13), (word_by2_q <= 5'd12),
      (word_by2_q <= 5'd11), (word_by2_q <= 5'd10), (word_by2_q <= 5'd9), (word_by2_q <= 5'd8),
      (word_by2_q <= 5'd7), (word_by2_q <= 5'd6), (word_by2_q <= 5'd5), (word_by2_q <= 5'd4),
      (word_by2_q <= 5'd3), (word_by2_q <= 5'd2), (word_by2_q <= 5'd1), (word_by2_q <= 5'd0)};
  wire [31:0] word_row = word_so_far_q | (word_turned2_q & word_here);
  wire [31:0] word_beyond = word_turned2_q & ~word_here;
  wire word_leaves = word_at_p4_q & (word_flags_p4_q[0] | word_flags_p4_q[2]);
  wire word_second = (word_at_p4_q & word_flags_p4_q[1]) & word_flags_p4_q[2];

  // how many they are
  wire [31:0] bits_total = bits_so_far_q + {26'd0, group_count_q};
  wire code_ends = group_at_q & group_ends_q;

  // what is known of a block when it has come
  always @(posedge clk) if (counted_p4_q) begin
    records[record_wr_q] <= record_p1_q;
  end
  always @(posedge clk) if (fetch) begin
    records_q <= records[record_rd_q];
  end

  // memories of both
  always @(posedge clk) if (entry_out_at_q) begin
    rows[rows_wr_q] <= entry_out_q;
  end
  always @(posedge clk) if (row_go) begin
    rows_q <= rows[rows_rd_q];
  end

  // memories of both
  always @(posedge clk) if (part_done_q) begin
    parts[parts_wr_q] <= {part31_q, part30_q, part29_q, part28_q, part27_q, part26_q, part25_q, part24_q,
      part23_q, part22_q, part21_q, part20_q, part19_q, part18_q, part17_q, part16_q, part15_q, part14_q,
      part13_q, part12_q, part11_q, part10_q, part9_q, part8_q, part7_q, part6_q, part5_q, part4_q, part3_q,
      part2_q, part1_q, part0_q};
  end
  always @(posedge clk) if (part_go) begin
    parts_q <= parts[parts_rd_q];
  end

  assign s_axis_tready = s_axis_ready;
  assign m_axis_tdata = word_data_q;
  assign m_axis_tvalid = word_out_valid_q;
  assign m_axis_tlast = word_last_q;
  assign m_bits_tdata = bits_q;
  assign m_bits_tvalid = bits_out_valid_q;

  // blocks as they come, where there is room for one more beat
  always @(posedge clk) begin
    if (rst) begin
      blocks_q <= 3'd0;
    end else if (row ^ header_go) begin
      blocks_q <= row ? blocks_up : blocks_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      beat_q <= 6'd0;
    end else if (s_axis_fire) begin
      beat_q <= row_last ? 6'd0 : beat_next;
    end
  end

  always @(posedge clk) begin
    number_q <= length_p1_d[5:0];
    x0_q <= s_axis_tdata;
    length_p1_q <= length_p1_d;
  end

  always @(posedge clk) begin
    if (rst) begin
      beat_at_q <= 1'd0;
      beat_last_q <= 1'd0;
      there0_q <= 1'd0;
    end else begin
      beat_at_q <= s_axis_fire;
      beat_last_q <= row;
      there0_q <= s_axis_fire & (|s_axis_tdata);
    end
  end

  // elements that are not zero in rows, and bitmaps in parts
  always @(posedge clk) begin
    if (rst) begin
      entry_fill_q <= 1'd0;
    end else if (entry_go) begin
      entry_fill_q <= beat_last_q ? 1'd0 : entry_fill_now_l1;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      entry_at_p1_q <= 1'd0;
      entry_at_p2_q <= 1'd0;
      entry_waits_q <= 1'd0;
      entry_out_at_q <= 1'd0;
      part_done_q <= 1'd0;
    end else begin
      entry_at_p1_q <= beat_at_q;
      entry_at_p2_q <= entry_at_p1_q;
      entry_waits_q <= entry_second | (entry_waits_q & entry_leaves);
      entry_out_at_q <= entry_waits_q | entry_leaves;
      part_done_q <= beat_at_q & ((part_done_bits == 5'd31) | beat_last_q);
    end
  end

  always @(posedge clk) begin
    entry_flags_p1_q <= {(beat_last_q & (entry_fill_now[1] | entry_fill_now_l2)), (entry_fill_now[1] &
      entry_fill_now_l2), entry_fill_now[1]};
    entry_flags_p2_q <= entry_flags_p1_q;
    entry_by_q <= entry_fill_q;
    entry_items_q <= {14'd0, there0_q ? {x0_q, number_q} : 14'd0};
    entry_turned0_q <= entry_by_q ? {entry_items_q[13:0], entry_items_q[27:14]} : entry_items_q;
    entry_by0_q <= entry_by_q;
    entry_out_q <= entry_waits_q ? entry_waiting_q : entry_row;
  end

  always @(posedge clk) begin
    if (rst) begin
      entry_so_far_q <= 28'h0;
    end else if (entry_at_p2_q) begin
      entry_so_far_q <= entry_flags_p2_q[2] ? 28'h0 : (entry_flags_p2_q[0] ? entry_beyond : entry_row);
    end
  end

  always @(posedge clk) begin
    if (entry_second | (entry_waits_q & entry_leaves)) begin
      entry_waiting_q <= entry_second ? entry_beyond : entry_row;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part0_eq | (part_done_bits == 5'd0))) begin
      part0_q <= part0_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part1_eq | (part_done_bits == 5'd0))) begin
      part1_q <= part1_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part2_eq | (part_done_bits == 5'd0))) begin
      part2_q <= part2_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part3_eq | (part_done_bits == 5'd0))) begin
      part3_q <= part3_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part4_eq | (part_done_bits == 5'd0))) begin
      part4_q <= part4_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part5_eq | (part_done_bits == 5'd0))) begin
      part5_q <= part5_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part6_eq | (part_done_bits == 5'd0))) begin
      part6_q <= part6_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part7_eq | (part_done_bits == 5'd0))) begin
      part7_q <= part7_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part8_eq | (part_done_bits == 5'd0))) begin
      part8_q <= part8_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part9_eq | (part_done_bits == 5'd0))) begin
      part9_q <= part9_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part10_eq | (part_done_bits == 5'd0))) begin
      part10_q <= part10_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part11_eq | (part_done_bits == 5'd0))) begin
      part11_q <= part11_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part12_eq | (part_done_bits == 5'd0))) begin
      part12_q <= part12_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part13_eq | (part_done_bits == 5'd0))) begin
      part13_q <= part13_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part14_eq | (part_done_bits == 5'd0))) begin
      part14_q <= part14_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part15_eq | (part_done_bits == 5'd0))) begin
      part15_q <= part15_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part16_eq | (part_done_bits == 5'd0))) begin
      part16_q <= part16_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part17_eq | (part_done_bits == 5'd0))) begin
      part17_q <= part17_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part18_eq | (part_done_bits == 5'd0))) begin
      part18_q <= part18_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part19_eq | (part_done_bits == 5'd0))) begin
      part19_q <= part19_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part20_eq | (part_done_bits == 5'd0))) begin
      part20_q <= part20_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part21_eq | (part_done_bits == 5'd0))) begin
      part21_q <= part21_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part22_eq | (part_done_bits == 5'd0))) begin
      part22_q <= part22_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part23_eq | (part_done_bits == 5'd0))) begin
      part23_q <= part23_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part24_eq | (part_done_bits == 5'd0))) begin
      part24_q <= part24_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part25_eq | (part_done_bits == 5'd0))) begin
      part25_q <= part25_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part26_eq | (part_done_bits == 5'd0))) begin
      part26_q <= part26_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part27_eq | (part_done_bits == 5'd0))) begin
      part27_q <= part27_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part28_eq | (part_done_bits == 5'd0))) begin
      part28_q <= part28_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part29_eq | (part_done_bits == 5'd0))) begin
      part29_q <= part29_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part30_eq | (part_done_bits == 5'd0))) begin
      part30_q <= part30_eq ? there0_q : 1'd0;
    end
  end

  always @(posedge clk) begin
    if (beat_at_q & (part31_eq | (part_done_bits == 5'd0))) begin
      part31_q <= part31_eq ? there0_q : 1'd0;
    end
  end

  // what is known of a block when it has come
  always @(posedge clk) begin
    if (rst) begin
      count_so_far_q <= 7'd0;
      counted_p1_q <= 1'd0;
      counted_p2_q <= 1'd0;
      counted_p3_q <= 1'd0;
      counted_p4_q <= 1'd0;
    end else begin
      count_so_far_q <= counted_p1_d ? 7'd0 : count_d;
      counted_p1_q <= counted_p1_d;
      counted_p2_q <= counted_p1_q;
      counted_p3_q <= counted_p2_q;
      counted_p4_q <= counted_p3_q;
    end
  end

  always @(posedge clk) begin
    count_q <= count_d;
    counted_length_q <= length_p1_q;
    size_q <= size_less;
    index_room_q <= {1'd0, index_room_sum};
    rows_p1_q <= rows_p1_sum[7:1];
    rows_p2_q <= rows_p1_q;
    row_last_p1_q <= row_last_p1_d;
    row_last_p2_q <= row_last_p1_q;
    n_q <= count_q;
    frame_end_p1_q <= counted_length_q[6];
    frame_end_p2_q <= frame_end_p1_q;
    parts_less_p1_q <= size_less[5];
    parts_less_p2_q <= parts_less_p1_q;
    part_last_p1_q <= counted_length_q[4:0];
    part_last_p2_q <= part_last_p1_q;
    pairs_q <= {6'd0, size_q} >= pairs_sum;
    size_known_q <= size_q;
    n_known_q <= n_q;
    record_p1_q <= {{(frame_end_p2_q ? {record_p1_sel, size_known_q} : {6'd0, record_p1_sel}), {1'd0, pairs_q,
      frame_end_p2_q}}, (pairs_q ? (frame_end_p2_q ? 5'd16 : 5'd10) : (frame_end_p2_q ? 5'd9 : 5'd3)), pairs_q,
      frame_end_p2_q, parts_less_p2_q, part_last_p2_q, rows_p2_q, row_last_p2_q};
  end

  always @(posedge clk) begin
    if (rst) begin
      pending_q <= 3'd0;
    end else if (counted_p4_q ^ fetch) begin
      pending_q <= counted_p4_q ? pending_up : pending_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      next_there_q <= 1'd0;
    end else if (fetch | header_go) begin
      next_there_q <= fetch;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      record_wr_q <= 2'd0;
    end else if (counted_p4_q) begin
      record_wr_q <= record_wr_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      record_rd_q <= 2'd0;
    end else if (fetch) begin
      record_rd_q <= record_rd_inc;
    end
  end

  // a cycle writes the header, a part of the bitmap or a row of elements
  always @(posedge clk) begin
    if (rst) begin
      word_out_valid_q <= 1'd0;
    end else if (word_out_free) begin
      word_out_valid_q <= run & word_out_at_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      bits_out_valid_q <= 1'd0;
    end else if (bits_out_free) begin
      bits_out_valid_q <= run & code_ends;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      in_parts_q <= 1'd0;
    end else if (header_now | part_go) begin
      in_parts_q <= header_now ? ~records_q[15] : parts_left_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      in_rows_q <= 1'd0;
    end else if ((header_now | part_go) | row_go) begin
      in_rows_q <= header_now ? (records_q[15] & has_rows) : (part_go ? (~parts_left_q & cur_has_rows_q) :
      in_rows_any);
    end
  end

  always @(posedge clk) begin
    if (header_now) begin
      cur_has_rows_q <= has_rows;
      cur_pairs_q <= records_q[15];
      cur_end_q <= records_q[14];
      cur_row_last_q <= records_q[0];
      cur_part_last_q <= records_q[12:8];
    end
  end

  always @(posedge clk) begin
    if (header_now | part_go) begin
      parts_left_q <= header_now ? records_q[13] : parts_left_less;
    end
  end

  always @(posedge clk) begin
    if (header_now | row_go) begin
      rows_left_q <= header_now ? rows_less : rows_left_less;
    end
  end

  // memories of both
  always @(posedge clk) begin
    if (rst) begin
      rows_wr_q <= 7'd0;
    end else if (entry_out_at_q) begin
      rows_wr_q <= rows_wr_last ? 7'd0 : rows_wr_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      rows_rd_q <= 7'd0;
    end else if (row_go) begin
      rows_rd_q <= rows_rd_last ? 7'd0 : rows_rd_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      rows_used_q <= 7'd0;
      rows_close_q <= 1'd0;
      left_out_q <= 1'd0;
      parts_rd_q <= 4'd0;
      parts_used_q <= 5'd0;
      parts_close_q <= 1'd0;
    end else begin
      rows_used_q <= rows_used_d;
      rows_close_q <= rows_used_q >= 7'd68;
      left_out_q <= header_now & records_q[15];
      parts_rd_q <= parts_rd_d;
      parts_used_q <= parts_used_d;
      parts_close_q <= parts_used_q >= 5'd9;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      rows_data_q <= rows_q;
      parts_data_q <= parts_q;
    end
  end

  always @(posedge clk) begin
    if (header_now) begin
      cur_parts_q <= records_q[13];
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      parts_wr_q <= 4'd0;
    end else if (part_done_q) begin
      parts_wr_q <= parts_wr_inc;
    end
  end

  // bits of the cycle, and how many
  always @(posedge clk) begin
    if (rst) begin
      write_p1_q <= 1'd0;
      write_p2_q <= 1'd0;
      group_at_q <= 1'd0;
    end else if (run) begin
      write_p1_q <= (header_now | part_go) | row_go;
      write_p2_q <= write_p1_q;
      group_at_q <= write_p2_q;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      write_header_p1_q <= header_now;
      write_header_p2_q <= write_header_p1_q;
      write_part_p1_q <= part_go;
      write_part_p2_q <= write_part_p1_q;
      write_ends_p1_q <= header_now ? ((records_q[14] & records_q[15]) & ~has_rows) : (cur_end_q & (((part_go &
      ~parts_left_q) & ~cur_has_rows_q) | (row_go & ~in_rows_any)));
      write_ends_p2_q <= write_ends_p1_q;
      write_bits_p1_q <= records_q[36:21];
      write_bits_p2_q <= write_bits_p1_q;
      write_count_p1_q <= header_now ? {1'd0, records_q[20:16]} : (part_go ? (~parts_left_q ?
      write_count_p1_sel : 6'd32) : (cur_pairs_q ? (~in_rows_any ? (cur_row_last_q ? 6'd28 : 6'd14) : 6'd28) :
      (~in_rows_any ? (cur_row_last_q ? 6'd16 : 6'd8) : 6'd16)));
      write_count_p2_q <= write_count_p1_q;
      write_pairs_p1_q <= cur_pairs_q;
      write_pairs_p2_q <= write_pairs_p1_q;
      group_q <= write_header_p2_q ? {16'd0, write_bits_p2_q} : (write_part_p2_q ? parts_data_q : {4'd0,
      write_pairs_p2_q ? rows_data_q : {12'd0, {rows_data_q[27:20], rows_data_q[13:6]}}});
      group_count_q <= write_count_p2_q;
      group_ends_q <= write_ends_p2_q;
    end
  end

  // bits behind those before
  always @(posedge clk) begin
    if (rst) begin
      word_fill_q <= 5'd0;
    end else if (word_go) begin
      word_fill_q <= group_ends_q ? 5'd0 : word_fill_now_l1;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      word_at_p1_q <= 1'd0;
      word_at_p2_q <= 1'd0;
      word_at_p3_q <= 1'd0;
      word_at_p4_q <= 1'd0;
      word_waits_q <= 1'd0;
      word_out_at_q <= 1'd0;
    end else if (run) begin
      word_at_p1_q <= group_at_q;
      word_at_p2_q <= word_at_p1_q;
      word_at_p3_q <= word_at_p2_q;
      word_at_p4_q <= word_at_p3_q;
      word_waits_q <= word_second | (word_waits_q & word_leaves);
      word_out_at_q <= word_waits_q | word_leaves;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      word_flags_p1_q <= {(group_ends_q & (word_fill_now[5] | word_flags_p1_any)), (word_fill_now[5] &
      word_flags_p1_any), word_fill_now[5]};
      word_flags_p2_q <= word_flags_p1_q;
      word_flags_p3_q <= word_flags_p2_q;
      word_flags_p4_q <= word_flags_p3_q;
      word_by_q <= word_fill_q;
      word_items_q <= group_q;
      word_turned0_q <= word_by_q[1] ? {word_turned0_sel[29:0], word_turned0_sel[31:30]} : word_turned0_sel;
      word_by0_q <= word_by_q;
      word_turned1_q <= word_by0_q[3] ? {word_turned1_sel[23:0], word_turned1_sel[31:24]} : word_turned1_sel;
      word_by1_q <= word_by0_q;
      word_turned2_q <= word_by1_q[4] ? {word_turned1_q[15:0], word_turned1_q[31:16]} : word_turned1_q;
      word_by2_q <= word_by1_q;
      word_out_q <= word_waits_q ? word_waiting_q : word_row;
      word_out_end_q <= word_waits_q ? word_end_waits_q : (word_flags_p4_q[2] & ~word_second);
      word_data_q <= word_out_q;
      word_last_q <= word_out_end_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      word_so_far_q <= 32'h0;
    end else if (run & word_at_p4_q) begin
      word_so_far_q <= word_flags_p4_q[2] ? 32'h0 : (word_flags_p4_q[0] ? word_beyond : word_row);
    end
  end

  always @(posedge clk) begin
    if (run & (word_second | (word_waits_q & word_leaves))) begin
      word_waiting_q <= word_second ? word_beyond : word_row;
    end
  end

  always @(posedge clk) begin
    if (run & (word_second | (word_waits_q & word_leaves))) begin
      word_end_waits_q <= word_second | word_flags_p4_q[2];
    end
  end

  // how many they are
  always @(posedge clk) begin
    if (rst) begin
      bits_so_far_q <= 32'h0;
    end else if (run & group_at_q) begin
      bits_so_far_q <= code_ends ? 32'h0 : bits_total;
    end
  end

  always @(posedge clk) begin
    if (run & code_ends) begin
      bits_q <= bits_total;
    end
  end

  wire unused_ok = &{1'b0, word_fill_now[4:0], parts_more[5], rows_more[7], rows_p1_sum[0], count_now[7],
      entry_fill_now[0]};

endmodule

`default_nettype wire
