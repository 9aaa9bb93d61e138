// nl_kv_cache_64x16_h1x1_hc73dab
// block     kv_cache: keeps keys or values of the tokens so far in few bits,
//     and gives all of them for each token
// computes  y[j][i] = lo + round(c[j][i] S), c = round((x[j][i] - lo) / S) of each group of token j
// config    defaults
// niello    0.1.0, config b6f7ea0f68c73dab
// stored    5184 bits, of 8192 without quantization
// step      9 bits, in units of 2^-4
// last      ignored at the input: a frame goes by count; marks a frame's last beat at the output
// in  s_axis: 1 x 8 bits signed a beat, last is ignored: frames end by count
// out m_axis: 1 x 8 bits signed a beat, with a last mark
`default_nettype none

module nl_kv_cache_64x16_h1x1_hc73dab (
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

  reg held_q;
  reg [1:0] element_rows_q;
  reg [3:0] group_beat_q;
  reg group_last_p1_q;
  reg signed [7:0] high0_q;
  reg signed [7:0] high_so_far_q;
  reg signed [7:0] high_q;
  reg signed [7:0] low0_q;
  reg signed [7:0] low_so_far_q;
  reg signed [7:0] low_q;
  reg [7:0] range_q;
  reg [11:0] rest_8b_q;
  reg step_8b_q;
  reg [10:0] rest_7b_q;
  reg [1:0] step_7b_q;
  reg [9:0] rest_6b_q;
  reg [2:0] step_6b_q;
  reg [8:0] rest_5b_q;
  reg [3:0] step_5b_q;
  reg [7:0] rest_4b_q;
  reg [4:0] step_4b_q;
  reg [6:0] rest_3b_q;
  reg [5:0] step_3b_q;
  reg [5:0] rest_2b_q;
  reg [6:0] step_2b_q;
  reg [4:0] rest_1b_q;
  reg [7:0] step_1b_q;
  reg [8:0] step_0b_q;
  reg [7:0] lowest_p1_q;
  reg [7:0] lowest_p2_q;
  reg [7:0] lowest_p3_q;
  reg [7:0] lowest_p4_q;
  reg [7:0] lowest_p5_q;
  reg [7:0] lowest_p6_q;
  reg [7:0] lowest_p7_q;
  reg [7:0] lowest_p8_q;
  reg [7:0] lowest_p9_q;
  reg [7:0] lowest_p10_q;
  reg group_known_p1_q;
  reg group_known_p2_q;
  reg group_known_p3_q;
  reg group_known_p4_q;
  reg group_known_p5_q;
  reg group_known_p6_q;
  reg group_known_p7_q;
  reg group_known_p8_q;
  reg group_known_p9_q;
  reg group_known_p10_q;
  reg group_known_p11_q;
  reg element_active_q;
  reg [3:0] element_left_q;
  reg [1:0] element_pending_q;
  reg element_next_valid_q;
  reg [1:0] element_length_at_q;
  reg [1:0] element_number_at_q;
  reg [1:0] element_fetch_at_q;
  reg [16:0] element_number_q;
  reg [16:0] element_number_p1_q;
  reg [16:0] element_number_p2_q;
  reg [6:0] element_wr_q;
  reg [6:0] element_rd_q;
  reg [7:0] element_beat_q;
  reg element_valid_p1_q;
  reg element_valid_p2_q;
  reg [3:0] token_beat_q;
  reg [7:0] above0_q;
  reg [8:0] step_of0_q;
  reg [12:0] dividend0_q;
  reg [8:0] divisor0_q;
  reg code0_over_q;
  reg [8:0] code0_rest_q;
  reg [3:0] code0_low_q;
  reg [8:0] code0_divisor_q;
  reg [8:0] code0_rest0_q;
  reg [3:0] code0_quotient0_q;
  reg [8:0] code0_divisor0_q;
  reg [8:0] code0_rest1_q;
  reg [3:0] code0_quotient1_q;
  reg [8:0] code0_divisor1_q;
  reg [8:0] code0_rest2_q;
  reg [3:0] code0_quotient2_q;
  reg [8:0] code0_divisor2_q;
  reg [3:0] code0_quotient3_q;
  reg code0_over_late_p1_q;
  reg code0_over_late_p2_q;
  reg code0_over_late_p3_q;
  reg code0_over_late_p4_q;
  reg coded_p1_q;
  reg coded_p2_q;
  reg coded_p3_q;
  reg coded_p4_q;
  reg coded_p5_q;
  reg coded_p6_q;
  reg coded_p7_q;
  reg coded_p8_q;
  reg coded_p9_q;
  reg [3:0] slot_beat_q;
  reg [9:0] slot_at_q;
  reg [3:0] scale_beat_q;
  reg [5:0] slot_scales_q;
  reg reading_q;
  reg [4:0] outlet_taken_q;
  reg [3:0] read_beat_q;
  reg [5:0] read_slot_q;
  reg [5:0] newest_q;
  reg [9:0] read_code_at_q;
  reg [5:0] read_scale_at_q;
  reg read_q;
  reg [9:0] word_at_q;
  reg [3:0] word_q;
  reg [5:0] scale_at_q;
  reg [16:0] scale_of_q;
  reg slot_has_p1_q;
  reg slot_has_p2_q;
  reg slot_has_p3_q;
  reg slot_has_p4_q;
  reg slot_has_p5_q;
  reg [7:0] low_late_p1_q;
  reg [7:0] low_late_p2_q;
  reg [10:0] product0_l0x0_q;
  reg [12:0] product0_l0x1_q;
  reg [13:0] product0_l1x0_q;
  reg [7:0] y0_q;
  reg put_p1_q;
  reg put_p2_q;
  reg put_p3_q;
  reg put_p4_q;
  reg put_p5_q;
  reg put_p6_q;
  reg last_p1_q;
  reg last_p2_q;
  reg last_p3_q;
  reg last_p4_q;
  reg last_p5_q;
  reg last_p6_q;
  reg [4:0] outlet_some_q;
  reg [3:0] outlet_wr_q;
  reg [3:0] outlet_rd_q;
  reg [8:0] outlet_beat_q;
  reg outlet_valid_p1_q;
  reg outlet_valid_p2_q;
  reg [3:0] codes_q;
  reg [3:0] codes [0:1023];
  reg [16:0] scales_q;
  reg [16:0] scales [0:63];
  reg [4:0] element_lengths_q;
  reg [4:0] element_lengths [0:2];
  reg [16:0] element_numbers_q;
  reg [16:0] element_numbers [0:2];
  reg [7:0] element_ring_q;
  reg [7:0] element_ring [0:79];
  reg [8:0] outlet_q;
  reg [8:0] outlet [0:15];

  // the token's beats wait for the lowest element and the step of their group
  wire [1:0] element_rows_up = element_rows_q + 2'd1;
  wire [1:0] element_rows_down = element_rows_q - 2'd1;
  wire group_beat_last = group_beat_q == 4'd15;
  wire s_axis_fire = s_axis_tvalid & ~(group_beat_last & (element_rows_q == 2'd3));
  wire [3:0] group_beat_inc = group_beat_q + 4'd1;
  wire group_taken = s_axis_fire & group_beat_last;
  wire signed [7:0] high_now = (high_so_far_q < high0_q) ? high0_q : high_so_far_q;
  wire signed [7:0] low_now = (low_so_far_q < low0_q) ? low0_q : low_so_far_q;
  wire [7:0] lowest_p1_d = ~low_q;
  wire [7:0] range_d = high_q - lowest_p1_d;
  wire [11:0] rest_8b_cat = {range_q, 4'd0};
  wire signed [12:0] left_8b = {1'd0, rest_8b_cat} - 13'd3840;
  wire [11:0] left_8b_l1 = rest_8b_cat - 12'd3840;
  wire signed [12:0] left_7b = {1'd0, rest_8b_q} - 13'd1920;
  wire [10:0] left_7b_l1 = rest_8b_q[10:0] - 11'd1920;
  wire signed [11:0] left_6b = {1'd0, rest_7b_q} - 12'd960;
  wire [9:0] left_6b_l1 = rest_7b_q[9:0] - 10'd960;
  wire signed [10:0] left_5b = {1'd0, rest_6b_q} - 11'd480;
  wire [8:0] left_5b_l1 = rest_6b_q[8:0] - 9'd480;
  wire signed [9:0] left_4b = {1'd0, rest_5b_q} - 10'd240;
  wire [7:0] left_4b_l1 = rest_5b_q[7:0] - 8'd240;
  wire signed [8:0] left_3b = {1'd0, rest_4b_q} - 9'd120;
  wire [6:0] left_3b_l1 = rest_4b_q[6:0] - 7'd120;
  wire signed [7:0] left_2b = {1'd0, rest_3b_q} - 8'd60;
  wire [5:0] left_2b_l1 = rest_3b_q[5:0] - 6'd60;
  wire signed [6:0] left_1b = {1'd0, rest_2b_q} - 7'd30;
  wire [4:0] left_1b_l1 = rest_2b_q[4:0] - 5'd30;
  wire signed [5:0] left_0b = {1'd0, rest_1b_q} - 6'd15;
  wire element_more = |element_left_q;
  wire element_ends = ~element_more;
  wire element_run = ~held_q;
  wire element_issue = element_run & element_active_q;
  wire [1:0] element_pending_up = element_pending_q + 2'd1;
  wire [1:0] element_pending_down = element_pending_q - 2'd1;
  wire element_load = element_next_valid_q & (~element_active_q | (element_issue & element_ends));
  wire element_fetch = (|element_pending_q) & (~element_next_valid_q | element_load);
  wire element_length_at_last = element_length_at_q == 2'd2;
  wire [1:0] element_length_at_inc = element_length_at_q + 2'd1;
  wire element_number_at_last = element_number_at_q == 2'd2;
  wire [1:0] element_number_at_inc = element_number_at_q + 2'd1;
  wire element_fetch_at_last = element_fetch_at_q == 2'd2;
  wire [1:0] element_fetch_at_inc = element_fetch_at_q + 2'd1;
  wire [3:0] element_left_less = element_left_q - 4'd1;
  wire element_wr_last = element_wr_q == 7'd79;
  wire [6:0] element_wr_inc = element_wr_q + 7'd1;
  wire element_rd_last = element_rd_q == 7'd79;
  wire [6:0] element_rd_inc = element_rd_q + 7'd1;
  wire token_beat_last = token_beat_q == 4'd15;
  wire [3:0] token_beat_inc = token_beat_q + 4'd1;
  wire token_issued = element_issue & token_beat_last;

  // all slots, head by head
  wire step = reading_q & (outlet_taken_q != 5'd16);
  wire read_beat_last = read_beat_q == 4'd15;
  wire read_group_ends = step & read_beat_last;
  wire read_slot_ends = read_group_ends;
  wire read_slot_last = read_slot_q == 6'd63;
  wire read_head_ends = read_slot_ends & read_slot_last;
  wire read_over = read_head_ends;

  // codes, into the slot of the token
  wire frame_over = read_over;
  wire [7:0] above0_d = element_beat_q - element_number_p2_q[16:9];
  wire [12:0] dividend0_d = {1'd0, {above0_q, 4'd0}} + {5'd0, step_of0_q[8:1]};
  wire [8:0] code0_high = dividend0_q[12:4];
  wire [9:0] code0_taken0 = {code0_rest_q, code0_low_q[3]};
  wire signed [10:0] code0_left0 = {1'd0, code0_taken0} - {1'd0, {1'd0, code0_divisor_q}};
  wire code0_goes0 = ~code0_left0[10];
  wire [9:0] code0_taken1 = {code0_rest0_q, code0_quotient0_q[3]};
  wire signed [10:0] code0_left1 = {1'd0, code0_taken1} - {1'd0, {1'd0, code0_divisor0_q}};
  wire code0_goes1 = ~code0_left1[10];
  wire [9:0] code0_taken2 = {code0_rest1_q, code0_quotient1_q[3]};
  wire signed [10:0] code0_left2 = {1'd0, code0_taken2} - {1'd0, {1'd0, code0_divisor1_q}};
  wire code0_goes2 = ~code0_left2[10];
  wire [9:0] code0_taken3 = {code0_rest2_q, code0_quotient2_q[3]};
  wire signed [10:0] code0_left3 = {1'd0, code0_taken3} - {1'd0, {1'd0, code0_divisor2_q}};
  wire code0_goes3 = ~code0_left3[10];
  wire slot_beat_last = slot_beat_q == 4'd15;
  wire [3:0] slot_beat_inc = slot_beat_q + 4'd1;
  wire [9:0] slot_at_next = slot_at_q + 10'd16;
  wire [9:0] codes_at = slot_at_q + {6'd0, slot_beat_q};
  wire [3:0] scale_beat_inc = scale_beat_q + 4'd1;
  wire group_begins = element_valid_p2_q & ~(|scale_beat_q);
  wire [5:0] slot_scales_next = slot_scales_q + 6'd1;
  wire stored = coded_p9_q & slot_beat_last;

  // all slots, head by head
  wire [4:0] outlet_taken_up = outlet_taken_q + 5'd1;
  wire [4:0] outlet_taken_down = outlet_taken_q - 5'd1;
  wire [3:0] read_beat_inc = read_beat_q + 4'd1;
  wire [5:0] read_slot_inc = read_slot_q + 6'd1;
  wire [5:0] newest_d = newest_q + 6'd1;
  wire [9:0] read_code_jump = read_code_at_q + 10'd1;
  wire [9:0] read_code_next = read_code_at_q + 10'd1;
  wire [5:0] read_scale_jump = read_scale_at_q + 6'd1;
  wire [5:0] read_scale_next = read_scale_at_q + 6'd1;

  // elements of codes
  wire [8:0] product0_l0x1_bits = scale_of_q[8:0];
  wire [10:0] product0_l0x0_d = {2'd0, word_q[0] ? product0_l0x1_bits : 9'd0} + {1'd0, {(word_q[1] ?
      product0_l0x1_bits : 9'd0), 1'd0}};
  wire [12:0] product0_l0x1_d = {2'd0, {(word_q[2] ? product0_l0x1_bits : 9'd0), 2'd0}} + {1'd0, {(word_q[3] ?
      product0_l0x1_bits : 9'd0), 3'd0}};
  wire [13:0] product0_l1x0_d = {3'd0, product0_l0x0_q} + {1'd0, product0_l0x1_q};
  wire [14:0] sum = {1'd0, product0_l1x0_q} + 15'd8;
  wire [11:0] y0_sum_ext = {1'd0, sum[14:4]};
  wire signed [7:0] y0_sum = low_late_p2_q + y0_sum_ext[7:0];
  wire [4:0] outlet_some_up = outlet_some_q + 5'd1;
  wire [4:0] outlet_some_down = outlet_some_q - 5'd1;
  wire outlet_moves = ~outlet_valid_p2_q | m_axis_tready;
  wire outlet_read = outlet_moves & (|outlet_some_q);
  wire [3:0] outlet_wr_inc = outlet_wr_q + 4'd1;
  wire [3:0] outlet_rd_inc = outlet_rd_q + 4'd1;
  assign m_axis_tdata = outlet_beat_q[7:0];
  assign m_axis_tlast = outlet_beat_q[8];

  always @(posedge clk) if (coded_p9_q) begin
    codes[codes_at] <= code0_over_late_p4_q ? 4'd15 : code0_quotient3_q;
  end
  always @(posedge clk) if (read_q) begin
    codes_q <= codes[word_at_q];
  end

  always @(posedge clk) if (group_begins) begin
    scales[slot_scales_q] <= element_number_p2_q;
  end
  always @(posedge clk) if (read_q) begin
    scales_q <= scales[scale_at_q];
  end

  // the token's beats wait for the lowest element and the step of their group
  always @(posedge clk) if (group_taken) begin
    element_lengths[element_length_at_q] <= 5'd15;
  end
  always @(posedge clk) if (element_fetch) begin
    element_lengths_q <= element_lengths[element_fetch_at_q];
  end

  // the token's beats wait for the lowest element and the step of their group
  always @(posedge clk) if (group_known_p11_q) begin
    element_numbers[element_number_at_q] <= {lowest_p10_q, step_0b_q};
  end
  always @(posedge clk) if (element_fetch) begin
    element_numbers_q <= element_numbers[element_fetch_at_q];
  end

  // the token's beats wait for the lowest element and the step of their group
  always @(posedge clk) if (s_axis_fire) begin
    element_ring[element_wr_q] <= s_axis_tdata;
  end
  always @(posedge clk) if (element_issue) begin
    element_ring_q <= element_ring[element_rd_q];
  end

  // elements of codes
  always @(posedge clk) if (put_p6_q) begin
    outlet[outlet_wr_q] <= {last_p6_q, y0_q};
  end
  always @(posedge clk) if (outlet_read) begin
    outlet_q <= outlet[outlet_rd_q];
  end

  // the token's beats wait for the lowest element and the step of their group
  assign s_axis_tready = ~(group_beat_last & (element_rows_q == 2'd3));

  assign m_axis_tvalid = outlet_valid_p2_q;

  // the token's beats wait for the lowest element and the step of their group
  always @(posedge clk) begin
    if (rst) begin
      held_q <= 1'd0;
    end else if (token_issued | frame_over) begin
      held_q <= token_issued;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      element_rows_q <= 2'd0;
    end else if (group_taken ^ element_load) begin
      element_rows_q <= group_taken ? element_rows_up : element_rows_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      group_beat_q <= 4'd0;
      element_wr_q <= 7'd0;
    end else if (s_axis_fire) begin
      group_beat_q <= group_beat_inc;
      element_wr_q <= element_wr_last ? 7'd0 : element_wr_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      group_last_p1_q <= 1'd0;
      high0_q <= 8'd128;
      high_so_far_q <= 8'd128;
      low0_q <= 8'd128;
      low_so_far_q <= 8'd128;
      group_known_p1_q <= 1'd0;
      group_known_p2_q <= 1'd0;
      group_known_p3_q <= 1'd0;
      group_known_p4_q <= 1'd0;
      group_known_p5_q <= 1'd0;
      group_known_p6_q <= 1'd0;
      group_known_p7_q <= 1'd0;
      group_known_p8_q <= 1'd0;
      group_known_p9_q <= 1'd0;
      group_known_p10_q <= 1'd0;
      group_known_p11_q <= 1'd0;
      element_valid_p1_q <= 1'd0;
      element_valid_p2_q <= 1'd0;
    end else begin
      group_last_p1_q <= group_taken;
      high0_q <= s_axis_fire ? s_axis_tdata : 8'd128;
      high_so_far_q <= group_last_p1_q ? 8'd128 : high_now;
      low0_q <= s_axis_fire ? ~s_axis_tdata : 8'd128;
      low_so_far_q <= group_last_p1_q ? 8'd128 : low_now;
      group_known_p1_q <= group_last_p1_q;
      group_known_p2_q <= group_known_p1_q;
      group_known_p3_q <= group_known_p2_q;
      group_known_p4_q <= group_known_p3_q;
      group_known_p5_q <= group_known_p4_q;
      group_known_p6_q <= group_known_p5_q;
      group_known_p7_q <= group_known_p6_q;
      group_known_p8_q <= group_known_p7_q;
      group_known_p9_q <= group_known_p8_q;
      group_known_p10_q <= group_known_p9_q;
      group_known_p11_q <= group_known_p10_q;
      element_valid_p1_q <= element_issue;
      element_valid_p2_q <= element_valid_p1_q;
    end
  end

  always @(posedge clk) begin
    high_q <= high_now;
    low_q <= low_now;
    range_q <= range_d;
    rest_8b_q <= ~left_8b[12] ? left_8b_l1 : rest_8b_cat;
    step_8b_q <= ~left_8b[12];
    rest_7b_q <= ~left_7b[12] ? left_7b_l1 : rest_8b_q[10:0];
    step_7b_q <= {step_8b_q, ~left_7b[12]};
    rest_6b_q <= ~left_6b[11] ? left_6b_l1 : rest_7b_q[9:0];
    step_6b_q <= {step_7b_q, ~left_6b[11]};
    rest_5b_q <= ~left_5b[10] ? left_5b_l1 : rest_6b_q[8:0];
    step_5b_q <= {step_6b_q, ~left_5b[10]};
    rest_4b_q <= ~left_4b[9] ? left_4b_l1 : rest_5b_q[7:0];
    step_4b_q <= {step_5b_q, ~left_4b[9]};
    rest_3b_q <= ~left_3b[8] ? left_3b_l1 : rest_4b_q[6:0];
    step_3b_q <= {step_4b_q, ~left_3b[8]};
    rest_2b_q <= ~left_2b[7] ? left_2b_l1 : rest_3b_q[5:0];
    step_2b_q <= {step_3b_q, ~left_2b[7]};
    rest_1b_q <= ~left_1b[6] ? left_1b_l1 : rest_2b_q[4:0];
    step_1b_q <= {step_2b_q, ~left_1b[6]};
    step_0b_q <= {step_1b_q, ~left_0b[5]};
    lowest_p1_q <= lowest_p1_d;
    lowest_p2_q <= lowest_p1_q;
    lowest_p3_q <= lowest_p2_q;
    lowest_p4_q <= lowest_p3_q;
    lowest_p5_q <= lowest_p4_q;
    lowest_p6_q <= lowest_p5_q;
    lowest_p7_q <= lowest_p6_q;
    lowest_p8_q <= lowest_p7_q;
    lowest_p9_q <= lowest_p8_q;
    lowest_p10_q <= lowest_p9_q;
    element_number_p1_q <= element_number_q;
    element_number_p2_q <= element_number_p1_q;
    element_beat_q <= element_ring_q;
  end

  always @(posedge clk) begin
    if (rst) begin
      element_active_q <= 1'd0;
    end else if (element_load | element_issue) begin
      element_active_q <= element_load | element_more;
    end
  end

  always @(posedge clk) begin
    if (element_load | element_issue) begin
      element_left_q <= element_load ? element_lengths_q[3:0] : element_left_less;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      element_pending_q <= 2'd0;
    end else if (group_known_p11_q ^ element_fetch) begin
      element_pending_q <= group_known_p11_q ? element_pending_up : element_pending_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      element_next_valid_q <= 1'd0;
    end else if (element_fetch | element_load) begin
      element_next_valid_q <= element_fetch;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      element_length_at_q <= 2'd0;
    end else if (group_taken) begin
      element_length_at_q <= element_length_at_last ? 2'd0 : element_length_at_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      element_number_at_q <= 2'd0;
    end else if (group_known_p11_q) begin
      element_number_at_q <= element_number_at_last ? 2'd0 : element_number_at_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      element_fetch_at_q <= 2'd0;
    end else if (element_fetch) begin
      element_fetch_at_q <= element_fetch_at_last ? 2'd0 : element_fetch_at_inc;
    end
  end

  always @(posedge clk) begin
    if (element_load) begin
      element_number_q <= element_numbers_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      element_rd_q <= 7'd0;
      token_beat_q <= 4'd0;
    end else if (element_issue) begin
      element_rd_q <= element_rd_last ? 7'd0 : element_rd_inc;
      token_beat_q <= token_beat_inc;
    end
  end

  // codes, into the slot of the token
  always @(posedge clk) begin
    above0_q <= above0_d;
    step_of0_q <= element_number_p2_q[8:0];
    dividend0_q <= dividend0_d;
    divisor0_q <= step_of0_q;
    code0_over_q <= code0_high >= divisor0_q;
    code0_rest_q <= code0_high;
    code0_low_q <= dividend0_q[3:0];
    code0_divisor_q <= divisor0_q;
    code0_rest0_q <= code0_goes0 ? code0_left0[8:0] : code0_taken0[8:0];
    code0_quotient0_q <= {code0_low_q[2:0], code0_goes0};
    code0_divisor0_q <= code0_divisor_q;
    code0_rest1_q <= code0_goes1 ? code0_left1[8:0] : code0_taken1[8:0];
    code0_quotient1_q <= {code0_quotient0_q[2:0], code0_goes1};
    code0_divisor1_q <= code0_divisor0_q;
    code0_rest2_q <= code0_goes2 ? code0_left2[8:0] : code0_taken2[8:0];
    code0_quotient2_q <= {code0_quotient1_q[2:0], code0_goes2};
    code0_divisor2_q <= code0_divisor1_q;
    code0_quotient3_q <= {code0_quotient2_q[2:0], code0_goes3};
    code0_over_late_p1_q <= code0_over_q;
    code0_over_late_p2_q <= code0_over_late_p1_q;
    code0_over_late_p3_q <= code0_over_late_p2_q;
    code0_over_late_p4_q <= code0_over_late_p3_q;
  end

  always @(posedge clk) begin
    if (rst) begin
      coded_p1_q <= 1'd0;
      coded_p2_q <= 1'd0;
      coded_p3_q <= 1'd0;
      coded_p4_q <= 1'd0;
      coded_p5_q <= 1'd0;
      coded_p6_q <= 1'd0;
      coded_p7_q <= 1'd0;
      coded_p8_q <= 1'd0;
      coded_p9_q <= 1'd0;
    end else begin
      coded_p1_q <= element_issue;
      coded_p2_q <= coded_p1_q;
      coded_p3_q <= coded_p2_q;
      coded_p4_q <= coded_p3_q;
      coded_p5_q <= coded_p4_q;
      coded_p6_q <= coded_p5_q;
      coded_p7_q <= coded_p6_q;
      coded_p8_q <= coded_p7_q;
      coded_p9_q <= coded_p8_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      slot_beat_q <= 4'd0;
    end else if (coded_p9_q) begin
      slot_beat_q <= slot_beat_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      slot_at_q <= 10'd0;
      slot_scales_q <= 6'd0;
    end else if (frame_over) begin
      slot_at_q <= (slot_at_q == 10'd1008) ? 10'd0 : slot_at_next;
      slot_scales_q <= (slot_scales_q == 6'd63) ? 6'd0 : slot_scales_next;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      scale_beat_q <= 4'd0;
    end else if (element_valid_p2_q) begin
      scale_beat_q <= scale_beat_inc;
    end
  end

  // all slots, head by head
  always @(posedge clk) begin
    if (rst) begin
      reading_q <= 1'd0;
    end else if (stored | frame_over) begin
      reading_q <= stored;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      outlet_taken_q <= 5'd0;
    end else if (step ^ outlet_read) begin
      outlet_taken_q <= step ? outlet_taken_up : outlet_taken_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      read_beat_q <= 4'd0;
      read_code_at_q <= 10'd0;
    end else if (step) begin
      read_beat_q <= read_beat_inc;
      read_code_at_q <= read_slot_ends ? (read_slot_last ? 10'd0 : read_code_jump) : read_code_next;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      read_slot_q <= 6'd0;
    end else if (read_slot_ends) begin
      read_slot_q <= read_slot_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      newest_q <= 6'd0;
    end else if (read_over & (newest_q != 6'd63)) begin
      newest_q <= newest_d;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      read_scale_at_q <= 6'd0;
    end else if (read_group_ends) begin
      read_scale_at_q <= read_slot_ends ? (read_slot_last ? 6'd0 : read_scale_jump) : read_scale_next;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      read_q <= 1'd0;
    end else begin
      read_q <= step;
    end
  end

  always @(posedge clk) begin
    word_at_q <= read_code_at_q;
    word_q <= codes_q;
    scale_at_q <= read_scale_at_q;
    scale_of_q <= scales_q;
  end

  // elements of codes
  always @(posedge clk) begin
    slot_has_p1_q <= newest_q >= read_slot_q;
    slot_has_p2_q <= slot_has_p1_q;
    slot_has_p3_q <= slot_has_p2_q;
    slot_has_p4_q <= slot_has_p3_q;
    slot_has_p5_q <= slot_has_p4_q;
    low_late_p1_q <= scale_of_q[16:9];
    low_late_p2_q <= low_late_p1_q;
    last_p1_q <= read_over;
    last_p2_q <= last_p1_q;
    last_p3_q <= last_p2_q;
    last_p4_q <= last_p3_q;
    last_p5_q <= last_p4_q;
    last_p6_q <= last_p5_q;
  end

  always @(posedge clk) begin
    if (rst) begin
      product0_l0x0_q <= 11'd0;
      product0_l0x1_q <= 13'd0;
      product0_l1x0_q <= 14'd0;
      y0_q <= 8'd0;
      put_p1_q <= 1'd0;
      put_p2_q <= 1'd0;
      put_p3_q <= 1'd0;
      put_p4_q <= 1'd0;
      put_p5_q <= 1'd0;
      put_p6_q <= 1'd0;
    end else begin
      product0_l0x0_q <= product0_l0x0_d;
      product0_l0x1_q <= product0_l0x1_d;
      product0_l1x0_q <= product0_l1x0_d;
      y0_q <= slot_has_p5_q ? y0_sum : 8'd0;
      put_p1_q <= step;
      put_p2_q <= put_p1_q;
      put_p3_q <= put_p2_q;
      put_p4_q <= put_p3_q;
      put_p5_q <= put_p4_q;
      put_p6_q <= put_p5_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      outlet_some_q <= 5'd0;
    end else if (put_p6_q ^ outlet_read) begin
      outlet_some_q <= put_p6_q ? outlet_some_up : outlet_some_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      outlet_wr_q <= 4'd0;
    end else if (put_p6_q) begin
      outlet_wr_q <= outlet_wr_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      outlet_rd_q <= 4'd0;
    end else if (outlet_read) begin
      outlet_rd_q <= outlet_rd_inc;
    end
  end

  always @(posedge clk) begin
    if (outlet_moves) begin
      outlet_beat_q <= outlet_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      outlet_valid_p1_q <= 1'd0;
      outlet_valid_p2_q <= 1'd0;
    end else if (outlet_moves) begin
      outlet_valid_p1_q <= |outlet_some_q;
      outlet_valid_p2_q <= outlet_valid_p1_q;
    end
  end

  wire unused_ok = &{1'b0, y0_sum_ext[11:8], sum[3:0], code0_left3[9:0], code0_left2[9], code0_left1[9],
      code0_left0[9], element_lengths_q[4], left_0b[4:0], left_1b[5:0], left_2b[6:0], left_3b[7:0],
      left_4b[8:0], left_5b[9:0], left_6b[10:0], left_7b[11:0], left_8b[11:0], s_axis_tlast};

endmodule

`default_nettype wire
