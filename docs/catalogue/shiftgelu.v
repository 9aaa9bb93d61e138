// nl_shiftgelu_64x1_h5c2d9b
// block     shiftgelu: computes I-ViT's GELU of rows by shifts and sums
// computes  y[i] = x[i] (e(x[i] - m) floor(K / (e(x[i] - m) + e(-m))) >> (32 - b)), m = max x,
//     e(d) near 2^n exp(1.702 d S)
// config    defaults
// niello    0.1.0, config 58925dfc5e5c2d9b
// rows      as long as their frames, in whole beats; cut after 64 of them
// in  s_axis: 1 x 8 bits signed a beat, with a last mark
// out m_axis: 1 x 16 bits signed a beat, with a last mark
`default_nettype none

module nl_shiftgelu_64x1_h5c2d9b (
  input  wire clk,
  input  wire rst,
  input  wire [7:0] s_axis_tdata,
  input  wire s_axis_tvalid,
  input  wire s_axis_tlast,
  output wire s_axis_tready,
  output wire [15:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg [2:0] code_rows_q;
  reg [6:0] code_used_q;
  reg [1:0] first_wait_q;
  reg [5:0] beat_q;
  reg signed [7:0] x0_q;
  reg row_last_max_p1_q;
  reg signed [7:0] max_so_far_q;
  reg signed [7:0] max_q;
  reg row_done_q;
  reg signed [8:0] opposite_q;
  reg signed [9:0] opposite_more_q;
  reg signed [8:0] opposite_less_q;
  reg signed [11:0] opposite_p_q;
  reg signed [8:0] opposite_p_clamped_q;
  reg [8:0] opposite_p_above_q;
  reg [7:0] rest_opposite_4b_q;
  reg q_opposite_4b_q;
  reg [6:0] rest_opposite_3b_q;
  reg [1:0] q_opposite_3b_q;
  reg [5:0] rest_opposite_2b_q;
  reg [2:0] q_opposite_2b_q;
  reg [4:0] rest_opposite_1b_q;
  reg [3:0] q_opposite_1b_q;
  reg [3:0] rest_opposite_0b_q;
  reg [4:0] q_opposite_0b_q;
  reg [3:0] base_opposite_q;
  reg [4:0] q_base_opposite_q;
  reg [34:0] opposite_exp_wide_q;
  reg [30:0] opposite_exp_q;
  reg signed [7:0] max_kept_p1_q;
  reg signed [7:0] max_kept_p2_q;
  reg signed [7:0] max_kept_p3_q;
  reg signed [7:0] max_kept_p4_q;
  reg signed [7:0] max_kept_p5_q;
  reg signed [7:0] max_kept_p6_q;
  reg signed [7:0] max_kept_p7_q;
  reg signed [7:0] max_kept_p8_q;
  reg signed [7:0] max_kept_p9_q;
  reg signed [7:0] max_kept_p10_q;
  reg signed [7:0] max_kept_p11_q;
  reg signed [7:0] max_kept_p12_q;
  reg signed [7:0] max_kept_p13_q;
  reg number_done_p1_q;
  reg number_done_p2_q;
  reg number_done_p3_q;
  reg number_done_p4_q;
  reg number_done_p5_q;
  reg number_done_p6_q;
  reg number_done_p7_q;
  reg number_done_p8_q;
  reg number_done_p9_q;
  reg number_done_p10_q;
  reg number_done_p11_q;
  reg number_done_p12_q;
  reg number_done_p13_q;
  reg [6:0] outlet_taken_q;
  reg code_active_q;
  reg [5:0] code_left_q;
  reg [2:0] code_pending_q;
  reg code_next_valid_q;
  reg [2:0] code_length_at_q;
  reg [2:0] code_number_at_q;
  reg [2:0] code_fetch_at_q;
  reg [6:0] code_length_q;
  reg [38:0] code_number_q;
  reg [38:0] code_number_p1_q;
  reg [38:0] code_number_p2_q;
  reg [6:0] code_wr_q;
  reg [6:0] code_rd_q;
  reg [7:0] code_beat_q;
  reg [7:0] below0_q;
  reg [8:0] more0_q;
  reg [4:0] less0_q;
  reg [8:0] p0_q;
  reg [7:0] p_clamped0_q;
  reg [7:0] rest0_4b_q;
  reg q0_4b_q;
  reg [6:0] rest0_3b_q;
  reg [1:0] q0_3b_q;
  reg [5:0] rest0_2b_q;
  reg [2:0] q0_2b_q;
  reg [4:0] rest0_1b_q;
  reg [3:0] q0_1b_q;
  reg [3:0] rest0_0b_q;
  reg [4:0] q0_0b_q;
  reg [3:0] base0_q;
  reg [4:0] q_base0_q;
  reg [26:0] exp0_q;
  reg [30:0] other0_p1_q;
  reg [30:0] other0_p2_q;
  reg [30:0] other0_p3_q;
  reg [30:0] other0_p4_q;
  reg [30:0] other0_p5_q;
  reg [30:0] other0_p6_q;
  reg [30:0] other0_p7_q;
  reg [30:0] other0_p8_q;
  reg [30:0] other0_p9_q;
  reg [30:0] other0_p10_q;
  reg [30:0] other0_p11_q;
  reg [31:0] both0_q;
  reg [30:0] sum0_q;
  reg [8:0] by0_rest0_q;
  reg by0_quotient0_q;
  reg [30:0] by0_divisor0_q;
  reg [9:0] by0_rest1_q;
  reg [1:0] by0_quotient1_q;
  reg [30:0] by0_divisor1_q;
  reg [10:0] by0_rest2_q;
  reg [2:0] by0_quotient2_q;
  reg [30:0] by0_divisor2_q;
  reg [11:0] by0_rest3_q;
  reg [3:0] by0_quotient3_q;
  reg [30:0] by0_divisor3_q;
  reg [12:0] by0_rest4_q;
  reg [4:0] by0_quotient4_q;
  reg [30:0] by0_divisor4_q;
  reg [13:0] by0_rest5_q;
  reg [5:0] by0_quotient5_q;
  reg [30:0] by0_divisor5_q;
  reg [14:0] by0_rest6_q;
  reg [6:0] by0_quotient6_q;
  reg [30:0] by0_divisor6_q;
  reg [15:0] by0_rest7_q;
  reg [7:0] by0_quotient7_q;
  reg [30:0] by0_divisor7_q;
  reg [16:0] by0_rest8_q;
  reg [8:0] by0_quotient8_q;
  reg [30:0] by0_divisor8_q;
  reg [17:0] by0_rest9_q;
  reg [9:0] by0_quotient9_q;
  reg [30:0] by0_divisor9_q;
  reg [18:0] by0_rest10_q;
  reg [10:0] by0_quotient10_q;
  reg [30:0] by0_divisor10_q;
  reg [19:0] by0_rest11_q;
  reg [11:0] by0_quotient11_q;
  reg [30:0] by0_divisor11_q;
  reg [20:0] by0_rest12_q;
  reg [12:0] by0_quotient12_q;
  reg [30:0] by0_divisor12_q;
  reg [21:0] by0_rest13_q;
  reg [13:0] by0_quotient13_q;
  reg [30:0] by0_divisor13_q;
  reg [22:0] by0_rest14_q;
  reg [14:0] by0_quotient14_q;
  reg [30:0] by0_divisor14_q;
  reg [23:0] by0_rest15_q;
  reg [15:0] by0_quotient15_q;
  reg [30:0] by0_divisor15_q;
  reg [24:0] by0_rest16_q;
  reg [16:0] by0_quotient16_q;
  reg [30:0] by0_divisor16_q;
  reg [25:0] by0_rest17_q;
  reg [17:0] by0_quotient17_q;
  reg [30:0] by0_divisor17_q;
  reg [26:0] by0_rest18_q;
  reg [18:0] by0_quotient18_q;
  reg [30:0] by0_divisor18_q;
  reg [27:0] by0_rest19_q;
  reg [19:0] by0_quotient19_q;
  reg [30:0] by0_divisor19_q;
  reg [28:0] by0_rest20_q;
  reg [20:0] by0_quotient20_q;
  reg [30:0] by0_divisor20_q;
  reg [29:0] by0_rest21_q;
  reg [21:0] by0_quotient21_q;
  reg [30:0] by0_divisor21_q;
  reg [22:0] by0_quotient22_q;
  reg [8:0] kept0_p1_q;
  reg [8:0] kept0_p2_q;
  reg [8:0] kept0_p3_q;
  reg [8:0] kept0_p4_q;
  reg [8:0] kept0_p5_q;
  reg [8:0] kept0_p6_q;
  reg [8:0] kept0_p7_q;
  reg [8:0] kept0_p8_q;
  reg [8:0] kept0_p9_q;
  reg [8:0] kept0_p10_q;
  reg [8:0] kept0_p11_q;
  reg [8:0] kept0_p12_q;
  reg [8:0] kept0_p13_q;
  reg [8:0] kept0_p14_q;
  reg [8:0] kept0_p15_q;
  reg [8:0] kept0_p16_q;
  reg [8:0] kept0_p17_q;
  reg [8:0] kept0_p18_q;
  reg [8:0] kept0_p19_q;
  reg [8:0] kept0_p20_q;
  reg [8:0] kept0_p21_q;
  reg [8:0] kept0_p22_q;
  reg [8:0] kept0_p23_q;
  reg [8:0] kept0_p24_q;
  reg [8:0] kept0_p25_q;
  reg [8:0] kept0_p26_q;
  reg signed [22:0] low0_q;
  reg signed [11:0] high0_q;
  reg [26:0] product0_q;
  reg [4:0] q_product0_p1_q;
  reg [4:0] q_product0_p2_q;
  reg [7:0] sigmoid0_q;
  reg signed [7:0] x_kept0_p1_q;
  reg signed [7:0] x_kept0_p2_q;
  reg signed [7:0] x_kept0_p3_q;
  reg signed [7:0] x_kept0_p4_q;
  reg signed [7:0] x_kept0_p5_q;
  reg signed [7:0] x_kept0_p6_q;
  reg signed [7:0] x_kept0_p7_q;
  reg signed [7:0] x_kept0_p8_q;
  reg signed [7:0] x_kept0_p9_q;
  reg signed [7:0] x_kept0_p10_q;
  reg signed [7:0] x_kept0_p11_q;
  reg signed [7:0] x_kept0_p12_q;
  reg signed [7:0] x_kept0_p13_q;
  reg signed [7:0] x_kept0_p14_q;
  reg signed [7:0] x_kept0_p15_q;
  reg signed [7:0] x_kept0_p16_q;
  reg signed [7:0] x_kept0_p17_q;
  reg signed [7:0] x_kept0_p18_q;
  reg signed [7:0] x_kept0_p19_q;
  reg signed [7:0] x_kept0_p20_q;
  reg signed [7:0] x_kept0_p21_q;
  reg signed [7:0] x_kept0_p22_q;
  reg signed [7:0] x_kept0_p23_q;
  reg signed [7:0] x_kept0_p24_q;
  reg signed [7:0] x_kept0_p25_q;
  reg signed [7:0] x_kept0_p26_q;
  reg signed [7:0] x_kept0_p27_q;
  reg signed [7:0] x_kept0_p28_q;
  reg signed [7:0] x_kept0_p29_q;
  reg signed [7:0] x_kept0_p30_q;
  reg signed [7:0] x_kept0_p31_q;
  reg signed [7:0] x_kept0_p32_q;
  reg signed [7:0] x_kept0_p33_q;
  reg signed [7:0] x_kept0_p34_q;
  reg signed [7:0] x_kept0_p35_q;
  reg signed [7:0] x_kept0_p36_q;
  reg signed [7:0] x_kept0_p37_q;
  reg signed [7:0] x_kept0_p38_q;
  reg signed [7:0] x_kept0_p39_q;
  reg signed [15:0] y0_q;
  reg some_result_p1_q;
  reg some_result_p2_q;
  reg some_result_p3_q;
  reg some_result_p4_q;
  reg some_result_p5_q;
  reg some_result_p6_q;
  reg some_result_p7_q;
  reg some_result_p8_q;
  reg some_result_p9_q;
  reg some_result_p10_q;
  reg some_result_p11_q;
  reg some_result_p12_q;
  reg some_result_p13_q;
  reg some_result_p14_q;
  reg some_result_p15_q;
  reg some_result_p16_q;
  reg some_result_p17_q;
  reg some_result_p18_q;
  reg some_result_p19_q;
  reg some_result_p20_q;
  reg some_result_p21_q;
  reg some_result_p22_q;
  reg some_result_p23_q;
  reg some_result_p24_q;
  reg some_result_p25_q;
  reg some_result_p26_q;
  reg some_result_p27_q;
  reg some_result_p28_q;
  reg some_result_p29_q;
  reg some_result_p30_q;
  reg some_result_p31_q;
  reg some_result_p32_q;
  reg some_result_p33_q;
  reg some_result_p34_q;
  reg some_result_p35_q;
  reg some_result_p36_q;
  reg some_result_p37_q;
  reg some_result_p38_q;
  reg some_result_p39_q;
  reg some_result_p40_q;
  reg some_result_p41_q;
  reg some_result_p42_q;
  reg end_p1_q;
  reg end_p2_q;
  reg end_p3_q;
  reg end_p4_q;
  reg end_p5_q;
  reg end_p6_q;
  reg end_p7_q;
  reg end_p8_q;
  reg end_p9_q;
  reg end_p10_q;
  reg end_p11_q;
  reg end_p12_q;
  reg end_p13_q;
  reg end_p14_q;
  reg end_p15_q;
  reg end_p16_q;
  reg end_p17_q;
  reg end_p18_q;
  reg end_p19_q;
  reg end_p20_q;
  reg end_p21_q;
  reg end_p22_q;
  reg end_p23_q;
  reg end_p24_q;
  reg end_p25_q;
  reg end_p26_q;
  reg end_p27_q;
  reg end_p28_q;
  reg end_p29_q;
  reg end_p30_q;
  reg end_p31_q;
  reg end_p32_q;
  reg end_p33_q;
  reg end_p34_q;
  reg end_p35_q;
  reg end_p36_q;
  reg end_p37_q;
  reg end_p38_q;
  reg end_p39_q;
  reg end_p40_q;
  reg end_p41_q;
  reg end_p42_q;
  reg [6:0] outlet_some_q;
  reg [5:0] outlet_wr_q;
  reg [5:0] outlet_rd_q;
  reg [16:0] outlet_beat_q;
  reg outlet_valid_p1_q;
  reg outlet_valid_p2_q;
  reg [6:0] code_lengths_q;
  reg [6:0] code_lengths [0:5];
  reg [38:0] code_numbers_q;
  reg [38:0] code_numbers [0:5];
  reg [7:0] code_ring_q;
  reg [7:0] code_ring [0:83];
  reg [16:0] outlet_q;
  reg [16:0] outlet [0:63];

  // rows as they come: codes wait for their row's maximum, and the exponential of what lies that far above it
  wire [2:0] code_rows_up = code_rows_q + 3'd1;
  wire [2:0] code_rows_down = code_rows_q - 3'd1;
  wire [6:0] code_used_up = code_used_q + 7'd1;
  wire [6:0] code_used_down = code_used_q - 7'd1;
  wire row_last = s_axis_tlast | (beat_q == 6'd63);
  wire first_wait_busy = |first_wait_q;
  wire s_axis_ready = (code_used_q != 7'd84) & ~(row_last & (first_wait_busy | (code_rows_q == 3'd6)));
  wire s_axis_fire = s_axis_tvalid & s_axis_ready;
  wire row = s_axis_fire & row_last;
  wire row_taken = row;
  wire [1:0] first_wait_less = first_wait_q - 2'd1;
  wire [5:0] beat_next = beat_q + 6'd1;

  // the beat's maximum, and the row's
  wire signed [7:0] max_now = (max_so_far_q < x0_q) ? x0_q : max_so_far_q;

  // the exponential of the negated maximum
  wire signed [8:0] opposite_d = 9'd0 - {max_q[7], max_q};
  wire [7:0] opposite_more_bits = opposite_q[8:1];
  wire [4:0] opposite_less_bits = opposite_q[8:4];
  wire signed [9:0] opposite_more_d = {opposite_q[8], opposite_q} + {{2{opposite_more_bits[7]}},
      opposite_more_bits};
  wire signed [10:0] opposite_p_ext = {{2{opposite_less_q[8]}}, opposite_less_q};
  wire signed [10:0] opposite_p_ext_l1 = {opposite_more_q[9], opposite_more_q};
  wire signed [11:0] opposite_p_d = {opposite_p_ext[10], opposite_p_ext} - {opposite_p_ext_l1[10],
      opposite_p_ext_l1};
  wire signed [9:0] opposite_p_above_ext = {opposite_p_clamped_q[8], opposite_p_clamped_q};
  wire [8:0] opposite_p_above_d = opposite_p_above_ext[8:0] + 9'd80;
  wire signed [9:0] left_opposite_4b = {1'd0, opposite_p_above_q} - 10'd160;
  wire [7:0] left_opposite_4b_l1 = opposite_p_above_q[7:0] - 8'd160;
  wire signed [8:0] left_opposite_3b = {1'd0, rest_opposite_4b_q} - 9'd80;
  wire [6:0] left_opposite_3b_l1 = rest_opposite_4b_q[6:0] - 7'd80;
  wire signed [7:0] left_opposite_2b = {1'd0, rest_opposite_3b_q} - 8'd40;
  wire [5:0] left_opposite_2b_l1 = rest_opposite_3b_q[5:0] - 6'd40;
  wire signed [6:0] left_opposite_1b = {1'd0, rest_opposite_2b_q} - 7'd20;
  wire [4:0] left_opposite_1b_l1 = rest_opposite_2b_q[4:0] - 5'd20;
  wire signed [5:0] left_opposite_0b = {1'd0, rest_opposite_1b_q} - 6'd10;
  wire [3:0] left_opposite_0b_l1 = rest_opposite_1b_q[3:0] - 4'd10;
  wire signed [5:0] base_opposite_diff = 6'd20 - {2'd0, rest_opposite_0b_q};
  wire [34:0] opposite_exp_wide_d = {base_opposite_q, 31'h0} >> q_base_opposite_q;
  wire [34:0] opposite_exp_sel = (opposite_exp_wide_q > 35'h7fffffff) ? 35'h7fffffff : opposite_exp_wide_q;

  // codes again, with both: results for which there are places
  wire [6:0] outlet_taken_up = outlet_taken_q + 7'd1;
  wire [6:0] outlet_taken_down = outlet_taken_q - 7'd1;
  wire code_more = |code_left_q;
  wire code_ends = ~code_more;
  wire code_run = outlet_taken_q != 7'd64;
  wire code_issue = code_run & code_active_q;
  wire [2:0] code_pending_up = code_pending_q + 3'd1;
  wire [2:0] code_pending_down = code_pending_q - 3'd1;
  wire code_load = code_next_valid_q & (~code_active_q | (code_issue & code_ends));
  wire code_fetch = (|code_pending_q) & (~code_next_valid_q | code_load);
  wire code_length_at_last = code_length_at_q == 3'd5;
  wire [2:0] code_length_at_inc = code_length_at_q + 3'd1;
  wire code_number_at_last = code_number_at_q == 3'd5;
  wire [2:0] code_number_at_inc = code_number_at_q + 3'd1;
  wire code_fetch_at_last = code_fetch_at_q == 3'd5;
  wire [2:0] code_fetch_at_inc = code_fetch_at_q + 3'd1;
  wire [5:0] code_left_less = code_left_q - 6'd1;
  wire code_wr_last = code_wr_q == 7'd83;
  wire [6:0] code_wr_inc = code_wr_q + 7'd1;
  wire code_rd_last = code_rd_q == 7'd83;
  wire [6:0] code_rd_inc = code_rd_q + 7'd1;

  // how far a code lies below the maximum, its exponential, and the sum of both
  wire [7:0] below0_d = code_number_p2_q[38:31] - code_beat_q;
  wire [9:0] more0_sum = {2'd0, below0_q} + {1'd0, {below0_q, 1'd1}};
  wire [8:0] less0_sum = {1'd0, below0_q} + 9'd15;
  wire [8:0] p0_d = more0_q - {4'd0, less0_q};
  wire [8:0] p_clamped0_sel = (p0_q > 9'd230) ? 9'd230 : p0_q;
  wire signed [8:0] left0_4b = {1'd0, p_clamped0_q} - 9'd160;
  wire [7:0] left0_4b_l1 = p_clamped0_q - 8'd160;
  wire signed [8:0] left0_3b = {1'd0, rest0_4b_q} - 9'd80;
  wire [6:0] left0_3b_l1 = rest0_4b_q[6:0] - 7'd80;
  wire signed [7:0] left0_2b = {1'd0, rest0_3b_q} - 8'd40;
  wire [5:0] left0_2b_l1 = rest0_3b_q[5:0] - 6'd40;
  wire signed [6:0] left0_1b = {1'd0, rest0_2b_q} - 7'd20;
  wire [4:0] left0_1b_l1 = rest0_2b_q[4:0] - 5'd20;
  wire signed [5:0] left0_0b = {1'd0, rest0_1b_q} - 6'd10;
  wire [3:0] left0_0b_l1 = rest0_1b_q[3:0] - 4'd10;
  wire signed [5:0] base0_diff = 6'd20 - {2'd0, rest0_0b_q};
  wire [26:0] exp0_d = {base0_q, 23'h0} >> q_base0_q;
  wire [31:0] both0_d = {5'd0, exp0_q} + {1'd0, other0_p11_q};
  wire [31:0] sum0_sel = (both0_q > 32'h7fffffff) ? 32'h7fffffff : both0_q;

  // the division by it, a stage for each bit
  wire signed [9:0] by0_left0 = 10'd511 - {1'd0, sum0_q[8:0]};
  wire by0_goes0 = ~by0_left0[9] & ~(|(sum0_q[30:9]));
  wire [9:0] by0_rest1_cat = {by0_rest0_q, 1'd1};
  wire signed [10:0] by0_left1 = {1'd0, by0_rest1_cat} - {1'd0, by0_divisor0_q[9:0]};
  wire by0_goes1 = ~by0_left1[10] & ~(|(by0_divisor0_q[30:10]));
  wire [10:0] by0_rest2_cat = {by0_rest1_q, 1'd1};
  wire signed [11:0] by0_left2 = {1'd0, by0_rest2_cat} - {1'd0, by0_divisor1_q[10:0]};
  wire by0_goes2 = ~by0_left2[11] & ~(|(by0_divisor1_q[30:11]));
  wire [11:0] by0_rest3_cat = {by0_rest2_q, 1'd1};
  wire signed [12:0] by0_left3 = {1'd0, by0_rest3_cat} - {1'd0, by0_divisor2_q[11:0]};
  wire by0_goes3 = ~by0_left3[12] & ~(|(by0_divisor2_q[30:12]));
  wire [12:0] by0_rest4_cat = {by0_rest3_q, 1'd1};
  wire signed [13:0] by0_left4 = {1'd0, by0_rest4_cat} - {1'd0, by0_divisor3_q[12:0]};
  wire by0_goes4 = ~by0_left4[13] & ~(|(by0_divisor3_q[30:13]));
  wire [13:0] by0_rest5_cat = {by0_rest4_q, 1'd1};
  wire signed [14:0] by0_left5 = {1'd0, by0_rest5_cat} - {1'd0, by0_divisor4_q[13:0]};
  wire by0_goes5 = ~by0_left5[14] & ~(|(by0_divisor4_q[30:14]));
  wire [14:0] by0_rest6_cat = {by0_rest5_q, 1'd1};
  wire signed [15:0] by0_left6 = {1'd0, by0_rest6_cat} - {1'd0, by0_divisor5_q[14:0]};
  wire by0_goes6 = ~by0_left6[15] & ~(|(by0_divisor5_q[30:15]));
  wire [15:0] by0_rest7_cat = {by0_rest6_q, 1'd1};
  wire signed [16:0] by0_left7 = {1'd0, by0_rest7_cat} - {1'd0, by0_divisor6_q[15:0]};
  wire by0_goes7 = ~by0_left7[16] & ~(|(by0_divisor6_q[30:16]));
  wire [16:0] by0_rest8_cat = {by0_rest7_q, 1'd1};
  wire signed [17:0] by0_left8 = {1'd0, by0_rest8_cat} - {1'd0, by0_divisor7_q[16:0]};
  wire by0_goes8 = ~by0_left8[17] & ~(|(by0_divisor7_q[30:17]));
  wire [17:0] by0_rest9_cat = {by0_rest8_q, 1'd1};
  wire signed [18:0] by0_left9 = {1'd0, by0_rest9_cat} - {1'd0, by0_divisor8_q[17:0]};
  wire by0_goes9 = ~by0_left9[18] & ~(|(by0_divisor8_q[30:18]));
  wire [18:0] by0_rest10_cat = {by0_rest9_q, 1'd1};
  wire signed [19:0] by0_left10 = {1'd0, by0_rest10_cat} - {1'd0, by0_divisor9_q[18:0]};
  wire by0_goes10 = ~by0_left10[19] & ~(|(by0_divisor9_q[30:19]));
  wire [19:0] by0_rest11_cat = {by0_rest10_q, 1'd1};
  wire signed [20:0] by0_left11 = {1'd0, by0_rest11_cat} - {1'd0, by0_divisor10_q[19:0]};
  wire by0_goes11 = ~by0_left11[20] & ~(|(by0_divisor10_q[30:20]));
  wire [20:0] by0_rest12_cat = {by0_rest11_q, 1'd1};
  wire signed [21:0] by0_left12 = {1'd0, by0_rest12_cat} - {1'd0, by0_divisor11_q[20:0]};
  wire by0_goes12 = ~by0_left12[21] & ~(|(by0_divisor11_q[30:21]));
  wire [21:0] by0_rest13_cat = {by0_rest12_q, 1'd1};
  wire signed [22:0] by0_left13 = {1'd0, by0_rest13_cat} - {1'd0, by0_divisor12_q[21:0]};
  wire by0_goes13 = ~by0_left13[22] & ~(|(by0_divisor12_q[30:22]));
  wire [22:0] by0_rest14_cat = {by0_rest13_q, 1'd1};
  wire signed [23:0] by0_left14 = {1'd0, by0_rest14_cat} - {1'd0, by0_divisor13_q[22:0]};
  wire by0_goes14 = ~by0_left14[23] & ~(|(by0_divisor13_q[30:23]));
  wire [23:0] by0_rest15_cat = {by0_rest14_q, 1'd1};
  wire signed [24:0] by0_left15 = {1'd0, by0_rest15_cat} - {1'd0, by0_divisor14_q[23:0]};
  wire by0_goes15 = ~by0_left15[24] & ~(|(by0_divisor14_q[30:24]));
  wire [24:0] by0_rest16_cat = {by0_rest15_q, 1'd1};
  wire signed [25:0] by0_left16 = {1'd0, by0_rest16_cat} - {1'd0, by0_divisor15_q[24:0]};
  wire by0_goes16 = ~by0_left16[25] & ~(|(by0_divisor15_q[30:25]));
  wire [25:0] by0_rest17_cat = {by0_rest16_q, 1'd1};
  wire signed [26:0] by0_left17 = {1'd0, by0_rest17_cat} - {1'd0, by0_divisor16_q[25:0]};
  wire by0_goes17 = ~by0_left17[26] & ~(|(by0_divisor16_q[30:26]));
  wire [26:0] by0_rest18_cat = {by0_rest17_q, 1'd1};
  wire signed [27:0] by0_left18 = {1'd0, by0_rest18_cat} - {1'd0, by0_divisor17_q[26:0]};
  wire by0_goes18 = ~by0_left18[27] & ~(|(by0_divisor17_q[30:27]));
  wire [27:0] by0_rest19_cat = {by0_rest18_q, 1'd1};
  wire signed [28:0] by0_left19 = {1'd0, by0_rest19_cat} - {1'd0, by0_divisor18_q[27:0]};
  wire by0_goes19 = ~by0_left19[28] & ~(|(by0_divisor18_q[30:28]));
  wire [28:0] by0_rest20_cat = {by0_rest19_q, 1'd1};
  wire signed [29:0] by0_left20 = {1'd0, by0_rest20_cat} - {1'd0, by0_divisor19_q[28:0]};
  wire by0_goes20 = ~by0_left20[29] & ~(|(by0_divisor19_q[30:29]));
  wire [29:0] by0_rest21_cat = {by0_rest20_q, 1'd1};
  wire signed [30:0] by0_left21 = {1'd0, by0_rest21_cat} - {1'd0, by0_divisor20_q[29:0]};
  wire by0_goes21 = ~by0_left21[30] & ~by0_divisor20_q[30];
  wire signed [31:0] by0_left22 = {1'd0, {by0_rest21_q, 1'd1}} - {1'd0, by0_divisor21_q};
  wire by0_goes22 = ~by0_left22[31];

  // the sigmoid, and the code times that
  wire [4:0] high0_ext = {1'd0, kept0_p26_q[3:0]};
  wire signed [22:0] low0_d = {18'd0, high0_ext} * {5'd0, {1'd0, by0_quotient22_q[16:0]}};
  wire signed [11:0] high0_d = {7'd0, high0_ext} * {5'd0, {1'd0, by0_quotient22_q[22:17]}};
  wire [5:0] upper0_bits = low0_q[22:17];
  wire signed [12:0] upper0 = {high0_q[11], high0_q} + {{7{upper0_bits[5]}}, upper0_bits};
  wire [29:0] product0_cat = {upper0, low0_q[16:0]};
  wire [25:0] sigmoid0_shr = product0_q[26:1] >> q_product0_p2_q;
  wire [8:0] y0_prod_ext = {1'd0, sigmoid0_q};
  wire signed [16:0] y0_prod = $signed({{9{x_kept0_p39_q[7]}}, x_kept0_p39_q}) * $signed({{8{y0_prod_ext[8]}},
      y0_prod_ext});
  wire [6:0] outlet_some_up = outlet_some_q + 7'd1;
  wire [6:0] outlet_some_down = outlet_some_q - 7'd1;
  wire outlet_moves = ~outlet_valid_p2_q | m_axis_tready;
  wire outlet_read = outlet_moves & (|outlet_some_q);
  wire [5:0] outlet_wr_inc = outlet_wr_q + 6'd1;
  wire [5:0] outlet_rd_inc = outlet_rd_q + 6'd1;
  assign m_axis_tdata = outlet_beat_q[15:0];
  assign m_axis_tlast = outlet_beat_q[16];

  // codes again, with both: results for which there are places
  always @(posedge clk) if (row) begin
    code_lengths[code_length_at_q] <= {s_axis_tlast, beat_q};
  end
  always @(posedge clk) if (code_fetch) begin
    code_lengths_q <= code_lengths[code_fetch_at_q];
  end

  // codes again, with both: results for which there are places
  always @(posedge clk) if (number_done_p13_q) begin
    code_numbers[code_number_at_q] <= {max_kept_p13_q, opposite_exp_q};
  end
  always @(posedge clk) if (code_fetch) begin
    code_numbers_q <= code_numbers[code_fetch_at_q];
  end

  // codes again, with both: results for which there are places
  always @(posedge clk) if (s_axis_fire) begin
    code_ring[code_wr_q] <= s_axis_tdata;
  end
  always @(posedge clk) if (code_issue) begin
    code_ring_q <= code_ring[code_rd_q];
  end

  // the sigmoid, and the code times that
  always @(posedge clk) if (some_result_p42_q) begin
    outlet[outlet_wr_q] <= {end_p42_q, y0_q};
  end
  always @(posedge clk) if (outlet_read) begin
    outlet_q <= outlet[outlet_rd_q];
  end

  assign s_axis_tready = s_axis_ready;
  assign m_axis_tvalid = outlet_valid_p2_q;

  // rows as they come: codes wait for their row's maximum, and the exponential of what lies that far above it
  always @(posedge clk) begin
    if (rst) begin
      code_rows_q <= 3'd0;
    end else if (row ^ code_load) begin
      code_rows_q <= row ? code_rows_up : code_rows_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      code_used_q <= 7'd0;
    end else if (s_axis_fire ^ code_issue) begin
      code_used_q <= s_axis_fire ? code_used_up : code_used_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      first_wait_q <= 2'd0;
    end else begin
      first_wait_q <= row_taken ? 2'd3 : (first_wait_busy ? first_wait_less : 2'd0);
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      beat_q <= 6'd0;
    end else if (s_axis_fire) begin
      beat_q <= row_last ? 6'd0 : beat_next;
    end
  end

  // the beat's maximum, and the row's
  always @(posedge clk) begin
    if (rst) begin
      x0_q <= 8'd128;
      row_last_max_p1_q <= 1'd0;
      max_so_far_q <= 8'd128;
      row_done_q <= 1'd0;
    end else begin
      x0_q <= ~s_axis_fire ? 8'd128 : s_axis_tdata;
      row_last_max_p1_q <= row;
      max_so_far_q <= row_last_max_p1_q ? 8'd128 : max_now;
      row_done_q <= row_last_max_p1_q;
    end
  end

  always @(posedge clk) begin
    max_q <= max_now;
  end

  // the exponential of the negated maximum
  always @(posedge clk) begin
    opposite_q <= opposite_d;
    opposite_more_q <= opposite_more_d;
    opposite_less_q <= {{4{opposite_less_bits[4]}}, opposite_less_bits};
    opposite_p_q <= opposite_p_d;
    opposite_p_clamped_q <= (opposite_p_q < -12'sd80) ? 9'd432 : ((opposite_p_q > 12'sd183) ? 9'd183 :
      opposite_p_q[8:0]);
    opposite_p_above_q <= opposite_p_above_d;
    rest_opposite_4b_q <= ~left_opposite_4b[9] ? left_opposite_4b_l1 : opposite_p_above_q[7:0];
    q_opposite_4b_q <= ~left_opposite_4b[9];
    rest_opposite_3b_q <= ~left_opposite_3b[8] ? left_opposite_3b_l1 : rest_opposite_4b_q[6:0];
    q_opposite_3b_q <= {q_opposite_4b_q, ~left_opposite_3b[8]};
    rest_opposite_2b_q <= ~left_opposite_2b[7] ? left_opposite_2b_l1 : rest_opposite_3b_q[5:0];
    q_opposite_2b_q <= {q_opposite_3b_q, ~left_opposite_2b[7]};
    rest_opposite_1b_q <= ~left_opposite_1b[6] ? left_opposite_1b_l1 : rest_opposite_2b_q[4:0];
    q_opposite_1b_q <= {q_opposite_2b_q, ~left_opposite_1b[6]};
    rest_opposite_0b_q <= ~left_opposite_0b[5] ? left_opposite_0b_l1 : rest_opposite_1b_q[3:0];
    q_opposite_0b_q <= {q_opposite_1b_q, ~left_opposite_0b[5]};
    base_opposite_q <= base_opposite_diff[4:1];
    q_base_opposite_q <= q_opposite_0b_q;
    opposite_exp_wide_q <= opposite_exp_wide_d;
    opposite_exp_q <= opposite_exp_sel[30:0];
    max_kept_p1_q <= max_q;
    max_kept_p2_q <= max_kept_p1_q;
    max_kept_p3_q <= max_kept_p2_q;
    max_kept_p4_q <= max_kept_p3_q;
    max_kept_p5_q <= max_kept_p4_q;
    max_kept_p6_q <= max_kept_p5_q;
    max_kept_p7_q <= max_kept_p6_q;
    max_kept_p8_q <= max_kept_p7_q;
    max_kept_p9_q <= max_kept_p8_q;
    max_kept_p10_q <= max_kept_p9_q;
    max_kept_p11_q <= max_kept_p10_q;
    max_kept_p12_q <= max_kept_p11_q;
    max_kept_p13_q <= max_kept_p12_q;
  end

  always @(posedge clk) begin
    if (rst) begin
      number_done_p1_q <= 1'd0;
      number_done_p2_q <= 1'd0;
      number_done_p3_q <= 1'd0;
      number_done_p4_q <= 1'd0;
      number_done_p5_q <= 1'd0;
      number_done_p6_q <= 1'd0;
      number_done_p7_q <= 1'd0;
      number_done_p8_q <= 1'd0;
      number_done_p9_q <= 1'd0;
      number_done_p10_q <= 1'd0;
      number_done_p11_q <= 1'd0;
      number_done_p12_q <= 1'd0;
      number_done_p13_q <= 1'd0;
    end else begin
      number_done_p1_q <= row_done_q;
      number_done_p2_q <= number_done_p1_q;
      number_done_p3_q <= number_done_p2_q;
      number_done_p4_q <= number_done_p3_q;
      number_done_p5_q <= number_done_p4_q;
      number_done_p6_q <= number_done_p5_q;
      number_done_p7_q <= number_done_p6_q;
      number_done_p8_q <= number_done_p7_q;
      number_done_p9_q <= number_done_p8_q;
      number_done_p10_q <= number_done_p9_q;
      number_done_p11_q <= number_done_p10_q;
      number_done_p12_q <= number_done_p11_q;
      number_done_p13_q <= number_done_p12_q;
    end
  end

  // codes again, with both: results for which there are places
  always @(posedge clk) begin
    if (rst) begin
      outlet_taken_q <= 7'd0;
    end else if (code_issue ^ outlet_read) begin
      outlet_taken_q <= code_issue ? outlet_taken_up : outlet_taken_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      code_active_q <= 1'd0;
    end else if (code_load | code_issue) begin
      code_active_q <= code_load | code_more;
    end
  end

  always @(posedge clk) begin
    if (code_load | code_issue) begin
      code_left_q <= code_load ? code_lengths_q[5:0] : code_left_less;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      code_pending_q <= 3'd0;
    end else if (number_done_p13_q ^ code_fetch) begin
      code_pending_q <= number_done_p13_q ? code_pending_up : code_pending_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      code_next_valid_q <= 1'd0;
    end else if (code_fetch | code_load) begin
      code_next_valid_q <= code_fetch;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      code_length_at_q <= 3'd0;
    end else if (row) begin
      code_length_at_q <= code_length_at_last ? 3'd0 : code_length_at_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      code_number_at_q <= 3'd0;
    end else if (number_done_p13_q) begin
      code_number_at_q <= code_number_at_last ? 3'd0 : code_number_at_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      code_fetch_at_q <= 3'd0;
    end else if (code_fetch) begin
      code_fetch_at_q <= code_fetch_at_last ? 3'd0 : code_fetch_at_inc;
    end
  end

  always @(posedge clk) begin
    if (code_load) begin
      code_length_q <= code_lengths_q;
      code_number_q <= code_numbers_q;
    end
  end

  always @(posedge clk) begin
    code_number_p1_q <= code_number_q;
    code_number_p2_q <= code_number_p1_q;
    code_beat_q <= code_ring_q;
  end

  always @(posedge clk) begin
    if (rst) begin
      code_wr_q <= 7'd0;
    end else if (s_axis_fire) begin
      code_wr_q <= code_wr_last ? 7'd0 : code_wr_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      code_rd_q <= 7'd0;
    end else if (code_issue) begin
      code_rd_q <= code_rd_last ? 7'd0 : code_rd_inc;
    end
  end

  // how far a code lies below the maximum, its exponential, and the sum of both
  always @(posedge clk) begin
    below0_q <= below0_d;
    more0_q <= more0_sum[9:1];
    less0_q <= less0_sum[8:4];
    p0_q <= p0_d;
    p_clamped0_q <= p_clamped0_sel[7:0];
    rest0_4b_q <= ~left0_4b[8] ? left0_4b_l1 : p_clamped0_q;
    q0_4b_q <= ~left0_4b[8];
    rest0_3b_q <= ~left0_3b[8] ? left0_3b_l1 : rest0_4b_q[6:0];
    q0_3b_q <= {q0_4b_q, ~left0_3b[8]};
    rest0_2b_q <= ~left0_2b[7] ? left0_2b_l1 : rest0_3b_q[5:0];
    q0_2b_q <= {q0_3b_q, ~left0_2b[7]};
    rest0_1b_q <= ~left0_1b[6] ? left0_1b_l1 : rest0_2b_q[4:0];
    q0_1b_q <= {q0_2b_q, ~left0_1b[6]};
    rest0_0b_q <= ~left0_0b[5] ? left0_0b_l1 : rest0_1b_q[3:0];
    q0_0b_q <= {q0_1b_q, ~left0_0b[5]};
    base0_q <= base0_diff[4:1];
    q_base0_q <= q0_0b_q;
    other0_p1_q <= code_number_p2_q[30:0];
    other0_p2_q <= other0_p1_q;
    other0_p3_q <= other0_p2_q;
    other0_p4_q <= other0_p3_q;
    other0_p5_q <= other0_p4_q;
    other0_p6_q <= other0_p5_q;
    other0_p7_q <= other0_p6_q;
    other0_p8_q <= other0_p7_q;
    other0_p9_q <= other0_p8_q;
    other0_p10_q <= other0_p9_q;
    other0_p11_q <= other0_p10_q;
    both0_q <= both0_d;
    sum0_q <= sum0_sel[30:0];
  end

  always @(posedge clk) begin
    if (rst) begin
      exp0_q <= 27'h0;
    end else begin
      exp0_q <= exp0_d;
    end
  end

  // the division by it, a stage for each bit
  always @(posedge clk) begin
    by0_rest0_q <= by0_goes0 ? by0_left0[8:0] : 9'd511;
    by0_quotient0_q <= by0_goes0;
    by0_divisor0_q <= sum0_q;
    by0_rest1_q <= by0_goes1 ? by0_left1[9:0] : by0_rest1_cat;
    by0_quotient1_q <= {by0_quotient0_q, by0_goes1};
    by0_divisor1_q <= by0_divisor0_q;
    by0_rest2_q <= by0_goes2 ? by0_left2[10:0] : by0_rest2_cat;
    by0_quotient2_q <= {by0_quotient1_q, by0_goes2};
    by0_divisor2_q <= by0_divisor1_q;
    by0_rest3_q <= by0_goes3 ? by0_left3[11:0] : by0_rest3_cat;
    by0_quotient3_q <= {by0_quotient2_q, by0_goes3};
    by0_divisor3_q <= by0_divisor2_q;
    by0_rest4_q <= by0_goes4 ? by0_left4[12:0] : by0_rest4_cat;
    by0_quotient4_q <= {by0_quotient3_q, by0_goes4};
    by0_divisor4_q <= by0_divisor3_q;
    by0_rest5_q <= by0_goes5 ? by0_left5[13:0] : by0_rest5_cat;
    by0_quotient5_q <= {by0_quotient4_q, by0_goes5};
    by0_divisor5_q <= by0_divisor4_q;
    by0_rest6_q <= by0_goes6 ? by0_left6[14:0] : by0_rest6_cat;
    by0_quotient6_q <= {by0_quotient5_q, by0_goes6};
    by0_divisor6_q <= by0_divisor5_q;
    by0_rest7_q <= by0_goes7 ? by0_left7[15:0] : by0_rest7_cat;
    by0_quotient7_q <= {by0_quotient6_q, by0_goes7};
    by0_divisor7_q <= by0_divisor6_q;
    by0_rest8_q <= by0_goes8 ? by0_left8[16:0] : by0_rest8_cat;
    by0_quotient8_q <= {by0_quotient7_q, by0_goes8};
    by0_divisor8_q <= by0_divisor7_q;
    by0_rest9_q <= by0_goes9 ? by0_left9[17:0] : by0_rest9_cat;
    by0_quotient9_q <= {by0_quotient8_q, by0_goes9};
    by0_divisor9_q <= by0_divisor8_q;
    by0_rest10_q <= by0_goes10 ? by0_left10[18:0] : by0_rest10_cat;
    by0_quotient10_q <= {by0_quotient9_q, by0_goes10};
    by0_divisor10_q <= by0_divisor9_q;
    by0_rest11_q <= by0_goes11 ? by0_left11[19:0] : by0_rest11_cat;
    by0_quotient11_q <= {by0_quotient10_q, by0_goes11};
    by0_divisor11_q <= by0_divisor10_q;
    by0_rest12_q <= by0_goes12 ? by0_left12[20:0] : by0_rest12_cat;
    by0_quotient12_q <= {by0_quotient11_q, by0_goes12};
    by0_divisor12_q <= by0_divisor11_q;
    by0_rest13_q <= by0_goes13 ? by0_left13[21:0] : by0_rest13_cat;
    by0_quotient13_q <= {by0_quotient12_q, by0_goes13};
    by0_divisor13_q <= by0_divisor12_q;
    by0_rest14_q <= by0_goes14 ? by0_left14[22:0] : by0_rest14_cat;
    by0_quotient14_q <= {by0_quotient13_q, by0_goes14};
    by0_divisor14_q <= by0_divisor13_q;
    by0_rest15_q <= by0_goes15 ? by0_left15[23:0] : by0_rest15_cat;
    by0_quotient15_q <= {by0_quotient14_q, by0_goes15};
    by0_divisor15_q <= by0_divisor14_q;
    by0_rest16_q <= by0_goes16 ? by0_left16[24:0] : by0_rest16_cat;
    by0_quotient16_q <= {by0_quotient15_q, by0_goes16};
    by0_divisor16_q <= by0_divisor15_q;
    by0_rest17_q <= by0_goes17 ? by0_left17[25:0] : by0_rest17_cat;
    by0_quotient17_q <= {by0_quotient16_q, by0_goes17};
    by0_divisor17_q <= by0_divisor16_q;
    by0_rest18_q <= by0_goes18 ? by0_left18[26:0] : by0_rest18_cat;
    by0_quotient18_q <= {by0_quotient17_q, by0_goes18};
    by0_divisor18_q <= by0_divisor17_q;
    by0_rest19_q <= by0_goes19 ? by0_left19[27:0] : by0_rest19_cat;
    by0_quotient19_q <= {by0_quotient18_q, by0_goes19};
    by0_divisor19_q <= by0_divisor18_q;
    by0_rest20_q <= by0_goes20 ? by0_left20[28:0] : by0_rest20_cat;
    by0_quotient20_q <= {by0_quotient19_q, by0_goes20};
    by0_divisor20_q <= by0_divisor19_q;
    by0_rest21_q <= by0_goes21 ? by0_left21[29:0] : by0_rest21_cat;
    by0_quotient21_q <= {by0_quotient20_q, by0_goes21};
    by0_divisor21_q <= by0_divisor20_q;
    by0_quotient22_q <= {by0_quotient21_q, by0_goes22};
  end

  // the sigmoid, and the code times that
  always @(posedge clk) begin
    kept0_p1_q <= {q_base0_q, base0_q};
    kept0_p2_q <= kept0_p1_q;
    kept0_p3_q <= kept0_p2_q;
    kept0_p4_q <= kept0_p3_q;
    kept0_p5_q <= kept0_p4_q;
    kept0_p6_q <= kept0_p5_q;
    kept0_p7_q <= kept0_p6_q;
    kept0_p8_q <= kept0_p7_q;
    kept0_p9_q <= kept0_p8_q;
    kept0_p10_q <= kept0_p9_q;
    kept0_p11_q <= kept0_p10_q;
    kept0_p12_q <= kept0_p11_q;
    kept0_p13_q <= kept0_p12_q;
    kept0_p14_q <= kept0_p13_q;
    kept0_p15_q <= kept0_p14_q;
    kept0_p16_q <= kept0_p15_q;
    kept0_p17_q <= kept0_p16_q;
    kept0_p18_q <= kept0_p17_q;
    kept0_p19_q <= kept0_p18_q;
    kept0_p20_q <= kept0_p19_q;
    kept0_p21_q <= kept0_p20_q;
    kept0_p22_q <= kept0_p21_q;
    kept0_p23_q <= kept0_p22_q;
    kept0_p24_q <= kept0_p23_q;
    kept0_p25_q <= kept0_p24_q;
    kept0_p26_q <= kept0_p25_q;
    low0_q <= low0_d;
    high0_q <= high0_d;
    product0_q <= product0_cat[26:0];
    q_product0_p1_q <= kept0_p26_q[8:4];
    q_product0_p2_q <= q_product0_p1_q;
    sigmoid0_q <= sigmoid0_shr[7:0];
    x_kept0_p1_q <= code_beat_q;
    x_kept0_p2_q <= x_kept0_p1_q;
    x_kept0_p3_q <= x_kept0_p2_q;
    x_kept0_p4_q <= x_kept0_p3_q;
    x_kept0_p5_q <= x_kept0_p4_q;
    x_kept0_p6_q <= x_kept0_p5_q;
    x_kept0_p7_q <= x_kept0_p6_q;
    x_kept0_p8_q <= x_kept0_p7_q;
    x_kept0_p9_q <= x_kept0_p8_q;
    x_kept0_p10_q <= x_kept0_p9_q;
    x_kept0_p11_q <= x_kept0_p10_q;
    x_kept0_p12_q <= x_kept0_p11_q;
    x_kept0_p13_q <= x_kept0_p12_q;
    x_kept0_p14_q <= x_kept0_p13_q;
    x_kept0_p15_q <= x_kept0_p14_q;
    x_kept0_p16_q <= x_kept0_p15_q;
    x_kept0_p17_q <= x_kept0_p16_q;
    x_kept0_p18_q <= x_kept0_p17_q;
    x_kept0_p19_q <= x_kept0_p18_q;
    x_kept0_p20_q <= x_kept0_p19_q;
    x_kept0_p21_q <= x_kept0_p20_q;
    x_kept0_p22_q <= x_kept0_p21_q;
    x_kept0_p23_q <= x_kept0_p22_q;
    x_kept0_p24_q <= x_kept0_p23_q;
    x_kept0_p25_q <= x_kept0_p24_q;
    x_kept0_p26_q <= x_kept0_p25_q;
    x_kept0_p27_q <= x_kept0_p26_q;
    x_kept0_p28_q <= x_kept0_p27_q;
    x_kept0_p29_q <= x_kept0_p28_q;
    x_kept0_p30_q <= x_kept0_p29_q;
    x_kept0_p31_q <= x_kept0_p30_q;
    x_kept0_p32_q <= x_kept0_p31_q;
    x_kept0_p33_q <= x_kept0_p32_q;
    x_kept0_p34_q <= x_kept0_p33_q;
    x_kept0_p35_q <= x_kept0_p34_q;
    x_kept0_p36_q <= x_kept0_p35_q;
    x_kept0_p37_q <= x_kept0_p36_q;
    x_kept0_p38_q <= x_kept0_p37_q;
    x_kept0_p39_q <= x_kept0_p38_q;
    y0_q <= y0_prod[15:0];
    end_p1_q <= (code_issue & code_ends) & code_length_q[6];
    end_p2_q <= end_p1_q;
    end_p3_q <= end_p2_q;
    end_p4_q <= end_p3_q;
    end_p5_q <= end_p4_q;
    end_p6_q <= end_p5_q;
    end_p7_q <= end_p6_q;
    end_p8_q <= end_p7_q;
    end_p9_q <= end_p8_q;
    end_p10_q <= end_p9_q;
    end_p11_q <= end_p10_q;
    end_p12_q <= end_p11_q;
    end_p13_q <= end_p12_q;
    end_p14_q <= end_p13_q;
    end_p15_q <= end_p14_q;
    end_p16_q <= end_p15_q;
    end_p17_q <= end_p16_q;
    end_p18_q <= end_p17_q;
    end_p19_q <= end_p18_q;
    end_p20_q <= end_p19_q;
    end_p21_q <= end_p20_q;
    end_p22_q <= end_p21_q;
    end_p23_q <= end_p22_q;
    end_p24_q <= end_p23_q;
    end_p25_q <= end_p24_q;
    end_p26_q <= end_p25_q;
    end_p27_q <= end_p26_q;
    end_p28_q <= end_p27_q;
    end_p29_q <= end_p28_q;
    end_p30_q <= end_p29_q;
    end_p31_q <= end_p30_q;
    end_p32_q <= end_p31_q;
    end_p33_q <= end_p32_q;
    end_p34_q <= end_p33_q;
    end_p35_q <= end_p34_q;
    end_p36_q <= end_p35_q;
    end_p37_q <= end_p36_q;
    end_p38_q <= end_p37_q;
    end_p39_q <= end_p38_q;
    end_p40_q <= end_p39_q;
    end_p41_q <= end_p40_q;
    end_p42_q <= end_p41_q;
  end

  always @(posedge clk) begin
    if (rst) begin
      some_result_p1_q <= 1'd0;
      some_result_p2_q <= 1'd0;
      some_result_p3_q <= 1'd0;
      some_result_p4_q <= 1'd0;
      some_result_p5_q <= 1'd0;
      some_result_p6_q <= 1'd0;
      some_result_p7_q <= 1'd0;
      some_result_p8_q <= 1'd0;
      some_result_p9_q <= 1'd0;
      some_result_p10_q <= 1'd0;
      some_result_p11_q <= 1'd0;
      some_result_p12_q <= 1'd0;
      some_result_p13_q <= 1'd0;
      some_result_p14_q <= 1'd0;
      some_result_p15_q <= 1'd0;
      some_result_p16_q <= 1'd0;
      some_result_p17_q <= 1'd0;
      some_result_p18_q <= 1'd0;
      some_result_p19_q <= 1'd0;
      some_result_p20_q <= 1'd0;
      some_result_p21_q <= 1'd0;
      some_result_p22_q <= 1'd0;
      some_result_p23_q <= 1'd0;
      some_result_p24_q <= 1'd0;
      some_result_p25_q <= 1'd0;
      some_result_p26_q <= 1'd0;
      some_result_p27_q <= 1'd0;
      some_result_p28_q <= 1'd0;
      some_result_p29_q <= 1'd0;
      some_result_p30_q <= 1'd0;
      some_result_p31_q <= 1'd0;
      some_result_p32_q <= 1'd0;
      some_result_p33_q <= 1'd0;
      some_result_p34_q <= 1'd0;
      some_result_p35_q <= 1'd0;
      some_result_p36_q <= 1'd0;
      some_result_p37_q <= 1'd0;
      some_result_p38_q <= 1'd0;
      some_result_p39_q <= 1'd0;
      some_result_p40_q <= 1'd0;
      some_result_p41_q <= 1'd0;
      some_result_p42_q <= 1'd0;
    end else begin
      some_result_p1_q <= code_issue;
      some_result_p2_q <= some_result_p1_q;
      some_result_p3_q <= some_result_p2_q;
      some_result_p4_q <= some_result_p3_q;
      some_result_p5_q <= some_result_p4_q;
      some_result_p6_q <= some_result_p5_q;
      some_result_p7_q <= some_result_p6_q;
      some_result_p8_q <= some_result_p7_q;
      some_result_p9_q <= some_result_p8_q;
      some_result_p10_q <= some_result_p9_q;
      some_result_p11_q <= some_result_p10_q;
      some_result_p12_q <= some_result_p11_q;
      some_result_p13_q <= some_result_p12_q;
      some_result_p14_q <= some_result_p13_q;
      some_result_p15_q <= some_result_p14_q;
      some_result_p16_q <= some_result_p15_q;
      some_result_p17_q <= some_result_p16_q;
      some_result_p18_q <= some_result_p17_q;
      some_result_p19_q <= some_result_p18_q;
      some_result_p20_q <= some_result_p19_q;
      some_result_p21_q <= some_result_p20_q;
      some_result_p22_q <= some_result_p21_q;
      some_result_p23_q <= some_result_p22_q;
      some_result_p24_q <= some_result_p23_q;
      some_result_p25_q <= some_result_p24_q;
      some_result_p26_q <= some_result_p25_q;
      some_result_p27_q <= some_result_p26_q;
      some_result_p28_q <= some_result_p27_q;
      some_result_p29_q <= some_result_p28_q;
      some_result_p30_q <= some_result_p29_q;
      some_result_p31_q <= some_result_p30_q;
      some_result_p32_q <= some_result_p31_q;
      some_result_p33_q <= some_result_p32_q;
      some_result_p34_q <= some_result_p33_q;
      some_result_p35_q <= some_result_p34_q;
      some_result_p36_q <= some_result_p35_q;
      some_result_p37_q <= some_result_p36_q;
      some_result_p38_q <= some_result_p37_q;
      some_result_p39_q <= some_result_p38_q;
      some_result_p40_q <= some_result_p39_q;
      some_result_p41_q <= some_result_p40_q;
      some_result_p42_q <= some_result_p41_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      outlet_some_q <= 7'd0;
    end else if (some_result_p42_q ^ outlet_read) begin
      outlet_some_q <= some_result_p42_q ? outlet_some_up : outlet_some_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      outlet_wr_q <= 6'd0;
    end else if (some_result_p42_q) begin
      outlet_wr_q <= outlet_wr_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      outlet_rd_q <= 6'd0;
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

  wire unused_ok = &{1'b0, y0_prod[16], sigmoid0_shr[25:8], product0_q[0], product0_cat[29:27],
      by0_left22[30:0], sum0_sel[31], base0_diff[5], base0_diff[0], left0_0b[4:0], left0_1b[5:0],
      left0_2b[6:0], left0_3b[7:0], left0_4b[7:0], p_clamped0_sel[8], less0_sum[3:0], more0_sum[0],
      code_length_q[5:0], opposite_exp_sel[34:31], base_opposite_diff[5], base_opposite_diff[0],
      left_opposite_0b[4:0], left_opposite_1b[5:0], left_opposite_2b[6:0], left_opposite_3b[7:0],
      left_opposite_4b[8:0], opposite_p_above_ext[9]};

endmodule

`default_nettype wire
