// nl_hashed_attention_16x16_w8x1_h4b4c27
// block     hashed_attention: EcoFormer's linear attention on hashed codes, by sums,
//     differences and one division
// computes  y[n] = (sum over m of (q[n].k[m]) v[m] + B v[n]) / (sum over m of q[n].k[m] + B N), B = codes + 1
// config    defaults
// niello    0.1.0, config 3614e111be4b4c27
// sums      16 of 13 bits for each element
// token     9 cycles
// last      ignored at the inputs: a frame goes by count; marks a frame's last beat at the output
// in  k_axis: 16 x 2 bits signed a beat, last is ignored: frames end by count
// in  v_axis: 1 x 8 bits signed a beat, last is ignored: frames end by count
// in  q_axis: 16 x 2 bits signed a beat, last is ignored: frames end by count
// in  w_axis: 1 x 8 bits signed a beat, last is ignored: frames end by count
// out m_axis: 1 x 8 bits signed a beat, with a last mark
`default_nettype none

module nl_hashed_attention_16x16_w8x1_h4b4c27 (
  input  wire clk,
  input  wire rst,
  input  wire [31:0] k_axis_tdata,
  input  wire k_axis_tvalid,
  input  wire k_axis_tlast,
  output wire k_axis_tready,
  input  wire [7:0] v_axis_tdata,
  input  wire v_axis_tvalid,
  input  wire v_axis_tlast,
  output wire v_axis_tready,
  input  wire [31:0] q_axis_tdata,
  input  wire q_axis_tvalid,
  input  wire q_axis_tlast,
  output wire q_axis_tready,
  input  wire [7:0] w_axis_tdata,
  input  wire w_axis_tvalid,
  input  wire w_axis_tlast,
  output wire w_axis_tready,
  output wire [7:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg [1:0] ready_frames_q;
  reg [3:0] sum_slot_q;
  reg [3:0] sum_token_q;
  reg sum_first_q;
  reg sum_value_q;
  reg sum_first_token_q;
  reg sum_used_q;
  reg [3:0] sum_at_q;
  reg sum_again_q;
  reg [207:0] kept_q;
  reg fresh_p1_q;
  reg fresh_p2_q;
  reg fresh_p3_q;
  reg [31:0] keys_p1_q;
  reg [31:0] keys_p2_q;
  reg [31:0] keys_p3_q;
  reg signed [7:0] value0_p1_q;
  reg signed [7:0] value0_p2_q;
  reg signed [8:0] plus0_q;
  reg signed [8:0] minus0_q;
  reg [12:0] sum0_0_q;
  reg [12:0] sum1_0_q;
  reg [12:0] sum2_0_q;
  reg [12:0] sum3_0_q;
  reg [12:0] sum4_0_q;
  reg [12:0] sum5_0_q;
  reg [12:0] sum6_0_q;
  reg [12:0] sum7_0_q;
  reg [12:0] sum8_0_q;
  reg [12:0] sum9_0_q;
  reg [12:0] sum10_0_q;
  reg [12:0] sum11_0_q;
  reg [12:0] sum12_0_q;
  reg [12:0] sum13_0_q;
  reg [12:0] sum14_0_q;
  reg [12:0] sum15_0_q;
  reg sum_written_p1_q;
  reg sum_written_p2_q;
  reg sum_written_p3_q;
  reg [3:0] sum_written_at_p1_q;
  reg [3:0] sum_written_at_p2_q;
  reg [3:0] sum_written_at_p3_q;
  reg filled_half_q;
  reg to_half_p1_q;
  reg to_half_p2_q;
  reg to_half_p3_q;
  reg to_half_p4_q;
  reg [4:0] to_half_at_p1_q;
  reg [4:0] to_half_at_p2_q;
  reg [4:0] to_half_at_p3_q;
  reg [4:0] to_half_at_p4_q;
  reg [5:0] outlet_taken_q;
  reg [3:0] result_slot_q;
  reg [3:0] result_token_q;
  reg result_first_q;
  reg result_value_q;
  reg result_half_q;
  reg used_q;
  reg [4:0] word_at_q;
  reg [207:0] word_q;
  reg [31:0] query_p1_q;
  reg [31:0] query_p2_q;
  reg [31:0] query_p3_q;
  reg divides_p1_q;
  reg divides_p2_q;
  reg divides_p3_q;
  reg divides_p4_q;
  reg divides_p5_q;
  reg divides_p6_q;
  reg divides_p7_q;
  reg signed [13:0] with0_0_q;
  reg signed [13:0] with1_0_q;
  reg signed [13:0] with2_0_q;
  reg signed [13:0] with3_0_q;
  reg signed [13:0] with4_0_q;
  reg signed [13:0] with5_0_q;
  reg signed [13:0] with6_0_q;
  reg signed [13:0] with7_0_q;
  reg signed [13:0] with8_0_q;
  reg signed [13:0] with9_0_q;
  reg signed [13:0] with10_0_q;
  reg signed [13:0] with11_0_q;
  reg signed [13:0] with12_0_q;
  reg signed [13:0] with13_0_q;
  reg signed [13:0] with14_0_q;
  reg signed [13:0] with15_0_q;
  reg signed [14:0] total0_l0x0_q;
  reg signed [14:0] total0_l0x1_q;
  reg signed [14:0] total0_l0x2_q;
  reg signed [14:0] total0_l0x3_q;
  reg signed [14:0] total0_l0x4_q;
  reg signed [14:0] total0_l0x5_q;
  reg signed [14:0] total0_l0x6_q;
  reg signed [14:0] total0_l0x7_q;
  reg signed [15:0] total0_l1x0_q;
  reg signed [15:0] total0_l1x1_q;
  reg signed [15:0] total0_l1x2_q;
  reg signed [15:0] total0_l1x3_q;
  reg signed [16:0] total0_l2x0_q;
  reg signed [16:0] total0_l2x1_q;
  reg signed [17:0] total0_l3x0_q;
  reg signed [7:0] own0_p1_q;
  reg signed [7:0] own0_p2_q;
  reg signed [7:0] own0_p3_q;
  reg signed [7:0] own0_p4_q;
  reg signed [7:0] own0_p5_q;
  reg signed [7:0] own0_p6_q;
  reg signed [7:0] own0_p7_q;
  reg signed [16:0] offset0_q;
  reg signed [16:0] num0_q;
  reg [9:0] den_q;
  reg divides_num_p1_q;
  reg divides_num_p2_q;
  reg below0_p1_q;
  reg below0_p2_q;
  reg below0_p3_q;
  reg below0_p4_q;
  reg below0_p5_q;
  reg below0_p6_q;
  reg below0_p7_q;
  reg below0_p8_q;
  reg below0_p9_q;
  reg below0_p10_q;
  reg below0_p11_q;
  reg [16:0] size0_q;
  reg [18:0] dividend0_q;
  reg [10:0] twice0_q;
  reg y0_over_q;
  reg [10:0] y0_rest_q;
  reg [7:0] y0_low_q;
  reg [10:0] y0_divisor_q;
  reg [10:0] y0_rest0_q;
  reg [7:0] y0_quotient0_q;
  reg [10:0] y0_divisor0_q;
  reg [10:0] y0_rest1_q;
  reg [7:0] y0_quotient1_q;
  reg [10:0] y0_divisor1_q;
  reg [10:0] y0_rest2_q;
  reg [7:0] y0_quotient2_q;
  reg [10:0] y0_divisor2_q;
  reg [10:0] y0_rest3_q;
  reg [7:0] y0_quotient3_q;
  reg [10:0] y0_divisor3_q;
  reg [10:0] y0_rest4_q;
  reg [7:0] y0_quotient4_q;
  reg [10:0] y0_divisor4_q;
  reg [10:0] y0_rest5_q;
  reg [7:0] y0_quotient5_q;
  reg [10:0] y0_divisor5_q;
  reg [10:0] y0_rest6_q;
  reg [7:0] y0_quotient6_q;
  reg [10:0] y0_divisor6_q;
  reg [7:0] y0_quotient7_q;
  reg y0_over_late_p1_q;
  reg y0_over_late_p2_q;
  reg y0_over_late_p3_q;
  reg y0_over_late_p4_q;
  reg y0_over_late_p5_q;
  reg y0_over_late_p6_q;
  reg y0_over_late_p7_q;
  reg y0_over_late_p8_q;
  reg signed [8:0] signed0_q;
  reg [7:0] fitted0_q;
  reg put_p1_q;
  reg put_p2_q;
  reg put_p3_q;
  reg put_p4_q;
  reg put_p5_q;
  reg put_p6_q;
  reg put_p7_q;
  reg put_p8_q;
  reg put_p9_q;
  reg put_p10_q;
  reg put_p11_q;
  reg put_p12_q;
  reg put_p13_q;
  reg put_p14_q;
  reg put_p15_q;
  reg put_p16_q;
  reg put_p17_q;
  reg put_p18_q;
  reg put_p19_q;
  reg put_p20_q;
  reg put_p21_q;
  reg put_p22_q;
  reg last_p1_q;
  reg last_p2_q;
  reg last_p3_q;
  reg last_p4_q;
  reg last_p5_q;
  reg last_p6_q;
  reg last_p7_q;
  reg last_p8_q;
  reg last_p9_q;
  reg last_p10_q;
  reg last_p11_q;
  reg last_p12_q;
  reg last_p13_q;
  reg last_p14_q;
  reg last_p15_q;
  reg last_p16_q;
  reg last_p17_q;
  reg last_p18_q;
  reg last_p19_q;
  reg last_p20_q;
  reg last_p21_q;
  reg last_p22_q;
  reg [5:0] outlet_some_q;
  reg [4:0] outlet_wr_q;
  reg [4:0] outlet_rd_q;
  reg [8:0] outlet_beat_q;
  reg outlet_valid_p1_q;
  reg outlet_valid_p2_q;
  reg [207:0] sums_ready_q;
  reg [207:0] sums_ready [0:17];
  reg [207:0] sums_q;
  reg [207:0] sums [0:8];
  reg [8:0] outlet_q;
  reg [8:0] outlet [0:31];

  wire [1:0] ready_frames_up = ready_frames_q + 2'd1;
  wire [1:0] ready_frames_down = ready_frames_q - 2'd1;

  // sums of values with the signs of their keys; the first slot sums the keys themselves
  wire sum_slot_last = sum_slot_q == 4'd8;
  wire [3:0] sum_slot_inc = sum_slot_q + 4'd1;
  wire sum_token_last = sum_token_q == 4'd15;
  wire sum_step = (k_axis_tvalid & (v_axis_tvalid | ~sum_value_q)) & ~(sum_token_last &
      (ready_frames_q == 2'd2));
  wire [3:0] sum_token_inc = sum_token_q + 4'd1;
  assign k_axis_tready = sum_step & sum_slot_last;
  assign v_axis_tready = (k_axis_tvalid & sum_value_q) & ~(sum_token_last & (ready_frames_q == 2'd2));

  // a sum is read, moved, and written back before it is read again
  wire signed [8:0] plus0_d = {value0_p2_q[7], value0_p2_q};
  wire signed [8:0] minus0_d = 9'd0 - plus0_d;
  wire signed [8:0] term0_0_l1 = keys_p3_q[0] ? (keys_p3_q[1] ? minus0_q : plus0_q) : 9'd0;
  wire signed [12:0] sum0_0_d = (fresh_p3_q ? 13'd0 : kept_q[12:0]) + {{4{term0_0_l1[8]}}, term0_0_l1};
  wire signed [8:0] term1_0_l1 = keys_p3_q[2] ? (keys_p3_q[3] ? minus0_q : plus0_q) : 9'd0;
  wire signed [12:0] sum1_0_d = (fresh_p3_q ? 13'd0 : kept_q[25:13]) + {{4{term1_0_l1[8]}}, term1_0_l1};
  wire signed [8:0] term2_0_l1 = keys_p3_q[4] ? (keys_p3_q[5] ? minus0_q : plus0_q) : 9'd0;
  wire signed [12:0] sum2_0_d = (fresh_p3_q ? 13'd0 : kept_q[38:26]) + {{4{term2_0_l1[8]}}, term2_0_l1};
  wire signed [8:0] term3_0_l1 = keys_p3_q[6] ? (keys_p3_q[7] ? minus0_q : plus0_q) : 9'd0;
  wire signed [12:0] sum3_0_d = (fresh_p3_q ? 13'd0 : kept_q[51:39]) + {{4{term3_0_l1[8]}}, term3_0_l1};
  wire signed [8:0] term4_0_l1 = keys_p3_q[8] ? (keys_p3_q[9] ? minus0_q : plus0_q) : 9'd0;
  wire signed [12:0] sum4_0_d = (fresh_p3_q ? 13'd0 : kept_q[64:52]) + {{4{term4_0_l1[8]}}, term4_0_l1};
  wire signed [8:0] term5_0_l1 = keys_p3_q[10] ? (keys_p3_q[11] ? minus0_q : plus0_q) : 9'd0;
  wire signed [12:0] sum5_0_d = (fresh_p3_q ? 13'd0 : kept_q[77:65]) + {{4{term5_0_l1[8]}}, term5_0_l1};
  wire signed [8:0] term6_0_l1 = keys_p3_q[12] ? (keys_p3_q[13] ? minus0_q : plus0_q) : 9'd0;
  wire signed [12:0] sum6_0_d = (fresh_p3_q ? 13'd0 : kept_q[90:78]) + {{4{term6_0_l1[8]}}, term6_0_l1};
  wire signed [8:0] term7_0_l1 = keys_p3_q[14] ? (keys_p3_q[15] ? minus0_q : plus0_q) : 9'd0;
  wire signed [12:0] sum7_0_d = (fresh_p3_q ? 13'd0 : kept_q[103:91]) + {{4{term7_0_l1[8]}}, term7_0_l1};
  wire signed [8:0] term8_0_l1 = keys_p3_q[16] ? (keys_p3_q[17] ? minus0_q : plus0_q) : 9'd0;
  wire signed [12:0] sum8_0_d = (fresh_p3_q ? 13'd0 : kept_q[116:104]) + {{4{term8_0_l1[8]}}, term8_0_l1};
  wire signed [8:0] term9_0_l1 = keys_p3_q[18] ? (keys_p3_q[19] ? minus0_q : plus0_q) : 9'd0;
  wire signed [12:0] sum9_0_d = (fresh_p3_q ? 13'd0 : kept_q[129:117]) + {{4{term9_0_l1[8]}}, term9_0_l1};
  wire signed [8:0] term10_0_l1 = keys_p3_q[20] ? (keys_p3_q[21] ? minus0_q : plus0_q) : 9'd0;
  wire signed [12:0] sum10_0_d = (fresh_p3_q ? 13'd0 : kept_q[142:130]) + {{4{term10_0_l1[8]}}, term10_0_l1};
  wire signed [8:0] term11_0_l1 = keys_p3_q[22] ? (keys_p3_q[23] ? minus0_q : plus0_q) : 9'd0;
  wire signed [12:0] sum11_0_d = (fresh_p3_q ? 13'd0 : kept_q[155:143]) + {{4{term11_0_l1[8]}}, term11_0_l1};
  wire signed [8:0] term12_0_l1 = keys_p3_q[24] ? (keys_p3_q[25] ? minus0_q : plus0_q) : 9'd0;
  wire signed [12:0] sum12_0_d = (fresh_p3_q ? 13'd0 : kept_q[168:156]) + {{4{term12_0_l1[8]}}, term12_0_l1};
  wire signed [8:0] term13_0_l1 = keys_p3_q[26] ? (keys_p3_q[27] ? minus0_q : plus0_q) : 9'd0;
  wire signed [12:0] sum13_0_d = (fresh_p3_q ? 13'd0 : kept_q[181:169]) + {{4{term13_0_l1[8]}}, term13_0_l1};
  wire signed [8:0] term14_0_l1 = keys_p3_q[28] ? (keys_p3_q[29] ? minus0_q : plus0_q) : 9'd0;
  wire signed [12:0] sum14_0_d = (fresh_p3_q ? 13'd0 : kept_q[194:182]) + {{4{term14_0_l1[8]}}, term14_0_l1};
  wire signed [8:0] term15_0_l1 = keys_p3_q[30] ? (keys_p3_q[31] ? minus0_q : plus0_q) : 9'd0;
  wire signed [12:0] sum15_0_d = (fresh_p3_q ? 13'd0 : kept_q[207:195]) + {{4{term15_0_l1[8]}}, term15_0_l1};
  wire [207:0] sums_ready_cat = {sum15_0_q, sum14_0_q, sum13_0_q, sum12_0_q, sum11_0_q, sum10_0_q, sum9_0_q,
      sum8_0_q, sum7_0_q, sum6_0_q, sum5_0_q, sum4_0_q, sum3_0_q, sum2_0_q, sum1_0_q, sum0_0_q};
  wire filled = (sum_step & sum_slot_last) & sum_token_last;
  wire [4:0] filled_at = (filled_half_q ? 5'd9 : 5'd0) + {1'd0, sum_slot_q};

  // a token's divisor, then its numerators
  wire [5:0] outlet_taken_up = outlet_taken_q + 6'd1;
  wire [5:0] outlet_taken_down = outlet_taken_q - 6'd1;
  wire result_slot_last = result_slot_q == 4'd8;
  wire [3:0] result_slot_inc = result_slot_q + 4'd1;
  wire may = (|ready_frames_q) & (outlet_taken_q != 6'd32);
  wire step = (q_axis_tvalid & (w_axis_tvalid | ~result_value_q)) & may;
  wire result_token_last = result_token_q == 4'd15;
  wire [3:0] result_token_inc = result_token_q + 4'd1;
  assign q_axis_tready = step & result_slot_last;
  assign w_axis_tready = (q_axis_tvalid & result_value_q) & may;
  wire emptied = (step & result_slot_last) & result_token_last;
  wire [4:0] result_at = (result_half_q ? 5'd9 : 5'd0) + {1'd0, result_slot_q};

  // sums with the signs of the query, and the offset
  wire [12:0] with0_0_ext_bits = word_q[12:0];
  wire signed [13:0] with0_0_ext = {with0_0_ext_bits[12], with0_0_ext_bits};
  wire signed [13:0] with0_0_diff = 14'd0 - with0_0_ext;
  wire [12:0] with1_0_ext_bits = word_q[25:13];
  wire signed [13:0] with1_0_ext = {with1_0_ext_bits[12], with1_0_ext_bits};
  wire signed [13:0] with1_0_diff = 14'd0 - with1_0_ext;
  wire [12:0] with2_0_ext_bits = word_q[38:26];
  wire signed [13:0] with2_0_ext = {with2_0_ext_bits[12], with2_0_ext_bits};
  wire signed [13:0] with2_0_diff = 14'd0 - with2_0_ext;
  wire [12:0] with3_0_ext_bits = word_q[51:39];
  wire signed [13:0] with3_0_ext = {with3_0_ext_bits[12], with3_0_ext_bits};
  wire signed [13:0] with3_0_diff = 14'd0 - with3_0_ext;
  wire [12:0] with4_0_ext_bits = word_q[64:52];
  wire signed [13:0] with4_0_ext = {with4_0_ext_bits[12], with4_0_ext_bits};
  wire signed [13:0] with4_0_diff = 14'd0 - with4_0_ext;
  wire [12:0] with5_0_ext_bits = word_q[77:65];
  wire signed [13:0] with5_0_ext = {with5_0_ext_bits[12], with5_0_ext_bits};
  wire signed [13:0] with5_0_diff = 14'd0 - with5_0_ext;
  wire [12:0] with6_0_ext_bits = word_q[90:78];
  wire signed [13:0] with6_0_ext = {with6_0_ext_bits[12], with6_0_ext_bits};
  wire signed [13:0] with6_0_diff = 14'd0 - with6_0_ext;
  wire [12:0] with7_0_ext_bits = word_q[103:91];
  wire signed [13:0] with7_0_ext = {with7_0_ext_bits[12], with7_0_ext_bits};
  wire signed [13:0] with7_0_diff = 14'd0 - with7_0_ext;
  wire [12:0] with8_0_ext_bits = word_q[116:104];
  wire signed [13:0] with8_0_ext = {with8_0_ext_bits[12], with8_0_ext_bits};
  wire signed [13:0] with8_0_diff = 14'd0 - with8_0_ext;
  wire [12:0] with9_0_ext_bits = word_q[129:117];
  wire signed [13:0] with9_0_ext = {with9_0_ext_bits[12], with9_0_ext_bits};
  wire signed [13:0] with9_0_diff = 14'd0 - with9_0_ext;
  wire [12:0] with10_0_ext_bits = word_q[142:130];
  wire signed [13:0] with10_0_ext = {with10_0_ext_bits[12], with10_0_ext_bits};
  wire signed [13:0] with10_0_diff = 14'd0 - with10_0_ext;
  wire [12:0] with11_0_ext_bits = word_q[155:143];
  wire signed [13:0] with11_0_ext = {with11_0_ext_bits[12], with11_0_ext_bits};
  wire signed [13:0] with11_0_diff = 14'd0 - with11_0_ext;
  wire [12:0] with12_0_ext_bits = word_q[168:156];
  wire signed [13:0] with12_0_ext = {with12_0_ext_bits[12], with12_0_ext_bits};
  wire signed [13:0] with12_0_diff = 14'd0 - with12_0_ext;
  wire [12:0] with13_0_ext_bits = word_q[181:169];
  wire signed [13:0] with13_0_ext = {with13_0_ext_bits[12], with13_0_ext_bits};
  wire signed [13:0] with13_0_diff = 14'd0 - with13_0_ext;
  wire [12:0] with14_0_ext_bits = word_q[194:182];
  wire signed [13:0] with14_0_ext = {with14_0_ext_bits[12], with14_0_ext_bits};
  wire signed [13:0] with14_0_diff = 14'd0 - with14_0_ext;
  wire [12:0] with15_0_ext_bits = word_q[207:195];
  wire signed [13:0] with15_0_ext = {with15_0_ext_bits[12], with15_0_ext_bits};
  wire signed [13:0] with15_0_diff = 14'd0 - with15_0_ext;
  wire signed [14:0] total0_l0x0_d = {with0_0_q[13], with0_0_q} + {with1_0_q[13], with1_0_q};
  wire signed [14:0] total0_l0x1_d = {with2_0_q[13], with2_0_q} + {with3_0_q[13], with3_0_q};
  wire signed [14:0] total0_l0x2_d = {with4_0_q[13], with4_0_q} + {with5_0_q[13], with5_0_q};
  wire signed [14:0] total0_l0x3_d = {with6_0_q[13], with6_0_q} + {with7_0_q[13], with7_0_q};
  wire signed [14:0] total0_l0x4_d = {with8_0_q[13], with8_0_q} + {with9_0_q[13], with9_0_q};
  wire signed [14:0] total0_l0x5_d = {with10_0_q[13], with10_0_q} + {with11_0_q[13], with11_0_q};
  wire signed [14:0] total0_l0x6_d = {with12_0_q[13], with12_0_q} + {with13_0_q[13], with13_0_q};
  wire signed [14:0] total0_l0x7_d = {with14_0_q[13], with14_0_q} + {with15_0_q[13], with15_0_q};
  wire signed [15:0] total0_l1x0_d = {total0_l0x0_q[14], total0_l0x0_q} + {total0_l0x1_q[14], total0_l0x1_q};
  wire signed [15:0] total0_l1x1_d = {total0_l0x2_q[14], total0_l0x2_q} + {total0_l0x3_q[14], total0_l0x3_q};
  wire signed [15:0] total0_l1x2_d = {total0_l0x4_q[14], total0_l0x4_q} + {total0_l0x5_q[14], total0_l0x5_q};
  wire signed [15:0] total0_l1x3_d = {total0_l0x6_q[14], total0_l0x6_q} + {total0_l0x7_q[14], total0_l0x7_q};
  wire signed [16:0] total0_l2x0_d = {total0_l1x0_q[15], total0_l1x0_q} + {total0_l1x1_q[15], total0_l1x1_q};
  wire signed [16:0] total0_l2x1_d = {total0_l1x2_q[15], total0_l1x2_q} + {total0_l1x3_q[15], total0_l1x3_q};
  wire signed [17:0] total0_l3x0_d = {total0_l2x0_q[16], total0_l2x0_q} + {total0_l2x1_q[16], total0_l2x1_q};
  wire signed [11:0] offset0_sum_cat = {own0_p7_q, 4'd0};
  wire signed [12:0] offset0_sum = {{5{own0_p7_q[7]}}, own0_p7_q} + {offset0_sum_cat[11], offset0_sum_cat};
  wire signed [16:0] num0_d = total0_l3x0_q[16:0] + offset0_q;
  wire signed [16:0] negated = 17'h0 - num0_q;
  wire [18:0] dividend0_d = {1'd0, {size0_q, 1'd0}} + {9'd0, den_q};
  wire [10:0] y0_high = dividend0_q[18:8];
  wire [11:0] y0_taken0 = {y0_rest_q, y0_low_q[7]};
  wire signed [12:0] y0_left0 = {1'd0, y0_taken0} - {1'd0, {1'd0, y0_divisor_q}};
  wire y0_goes0 = ~y0_left0[12];
  wire [11:0] y0_taken1 = {y0_rest0_q, y0_quotient0_q[7]};
  wire signed [12:0] y0_left1 = {1'd0, y0_taken1} - {1'd0, {1'd0, y0_divisor0_q}};
  wire y0_goes1 = ~y0_left1[12];
  wire [11:0] y0_taken2 = {y0_rest1_q, y0_quotient1_q[7]};
  wire signed [12:0] y0_left2 = {1'd0, y0_taken2} - {1'd0, {1'd0, y0_divisor1_q}};
  wire y0_goes2 = ~y0_left2[12];
  wire [11:0] y0_taken3 = {y0_rest2_q, y0_quotient2_q[7]};
  wire signed [12:0] y0_left3 = {1'd0, y0_taken3} - {1'd0, {1'd0, y0_divisor2_q}};
  wire y0_goes3 = ~y0_left3[12];
  wire [11:0] y0_taken4 = {y0_rest3_q, y0_quotient3_q[7]};
  wire signed [12:0] y0_left4 = {1'd0, y0_taken4} - {1'd0, {1'd0, y0_divisor3_q}};
  wire y0_goes4 = ~y0_left4[12];
  wire [11:0] y0_taken5 = {y0_rest4_q, y0_quotient4_q[7]};
  wire signed [12:0] y0_left5 = {1'd0, y0_taken5} - {1'd0, {1'd0, y0_divisor4_q}};
  wire y0_goes5 = ~y0_left5[12];
  wire [11:0] y0_taken6 = {y0_rest5_q, y0_quotient5_q[7]};
  wire signed [12:0] y0_left6 = {1'd0, y0_taken6} - {1'd0, {1'd0, y0_divisor5_q}};
  wire y0_goes6 = ~y0_left6[12];
  wire [11:0] y0_taken7 = {y0_rest6_q, y0_quotient6_q[7]};
  wire signed [12:0] y0_left7 = {1'd0, y0_taken7} - {1'd0, {1'd0, y0_divisor6_q}};
  wire y0_goes7 = ~y0_left7[12];
  wire [8:0] signed0_ext = {1'd0, y0_over_late_p8_q ? 8'd255 : y0_quotient7_q};
  wire signed [8:0] signed0_diff = 9'd0 - signed0_ext;
  wire fit0_most = ~signed0_q[8];
  wire [1:0] fitted0_bits = signed0_q[8:7];
  wire outlet_taken_and = step & result_value_q;
  wire [5:0] outlet_some_up = outlet_some_q + 6'd1;
  wire [5:0] outlet_some_down = outlet_some_q - 6'd1;
  wire outlet_moves = ~outlet_valid_p2_q | m_axis_tready;
  wire outlet_read = outlet_moves & (|outlet_some_q);
  wire [4:0] outlet_wr_inc = outlet_wr_q + 5'd1;
  wire [4:0] outlet_rd_inc = outlet_rd_q + 5'd1;
  assign m_axis_tdata = outlet_beat_q[7:0];
  assign m_axis_tlast = outlet_beat_q[8];

  always @(posedge clk) if (to_half_p4_q) begin
    sums_ready[to_half_at_p4_q] <= sums_ready_cat;
  end
  always @(posedge clk) if (used_q) begin
    sums_ready_q <= sums_ready[word_at_q];
  end

  // a sum is read, moved, and written back before it is read again
  always @(posedge clk) if (sum_written_p3_q) begin
    sums[sum_written_at_p3_q] <= sums_ready_cat;
  end
  always @(posedge clk) if (sum_again_q) begin
    sums_q <= sums[sum_at_q];
  end

  // sums with the signs of the query, and the offset
  always @(posedge clk) if (put_p22_q) begin
    outlet[outlet_wr_q] <= {last_p22_q, fitted0_q};
  end
  always @(posedge clk) if (outlet_read) begin
    outlet_q <= outlet[outlet_rd_q];
  end

  assign m_axis_tvalid = outlet_valid_p2_q;

  always @(posedge clk) begin
    if (rst) begin
      ready_frames_q <= 2'd0;
    end else if (filled ^ emptied) begin
      ready_frames_q <= filled ? ready_frames_up : ready_frames_down;
    end
  end

  // sums of values with the signs of their keys; the first slot sums the keys themselves
  always @(posedge clk) begin
    if (rst) begin
      sum_slot_q <= 4'd0;
      sum_first_q <= 1'd1;
      sum_value_q <= 1'd0;
    end else if (sum_step) begin
      sum_slot_q <= sum_slot_last ? 4'd0 : sum_slot_inc;
      sum_first_q <= sum_slot_last;
      sum_value_q <= sum_slot_q < 4'd8;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      sum_token_q <= 4'd0;
    end else if (sum_step & sum_slot_last) begin
      sum_token_q <= sum_token_inc;
    end
  end

  // a sum is read, moved, and written back before it is read again
  always @(posedge clk) begin
    if (rst) begin
      sum_first_token_q <= 1'd1;
    end else if (sum_step & sum_slot_last) begin
      sum_first_token_q <= sum_token_last;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      sum_used_q <= 1'd0;
      sum_again_q <= 1'd0;
      sum_written_p1_q <= 1'd0;
      sum_written_p2_q <= 1'd0;
      sum_written_p3_q <= 1'd0;
      to_half_p1_q <= 1'd0;
      to_half_p2_q <= 1'd0;
      to_half_p3_q <= 1'd0;
      to_half_p4_q <= 1'd0;
    end else begin
      sum_used_q <= sum_step & (sum_first_q | sum_value_q);
      sum_again_q <= (sum_step & (sum_first_q | sum_value_q)) & ~sum_first_token_q;
      sum_written_p1_q <= sum_used_q;
      sum_written_p2_q <= sum_written_p1_q;
      sum_written_p3_q <= sum_written_p2_q;
      to_half_p1_q <= (sum_step & (sum_first_q | sum_value_q)) & sum_token_last;
      to_half_p2_q <= to_half_p1_q;
      to_half_p3_q <= to_half_p2_q;
      to_half_p4_q <= to_half_p3_q;
    end
  end

  always @(posedge clk) begin
    sum_at_q <= sum_slot_q;
    kept_q <= sums_q;
    fresh_p1_q <= sum_first_token_q;
    fresh_p2_q <= fresh_p1_q;
    fresh_p3_q <= fresh_p2_q;
    keys_p1_q <= k_axis_tdata;
    keys_p2_q <= keys_p1_q;
    keys_p3_q <= keys_p2_q;
    value0_p1_q <= sum_first_q ? 8'd1 : v_axis_tdata;
    value0_p2_q <= value0_p1_q;
    plus0_q <= plus0_d;
    minus0_q <= minus0_d;
    sum0_0_q <= sum0_0_d;
    sum1_0_q <= sum1_0_d;
    sum2_0_q <= sum2_0_d;
    sum3_0_q <= sum3_0_d;
    sum4_0_q <= sum4_0_d;
    sum5_0_q <= sum5_0_d;
    sum6_0_q <= sum6_0_d;
    sum7_0_q <= sum7_0_d;
    sum8_0_q <= sum8_0_d;
    sum9_0_q <= sum9_0_d;
    sum10_0_q <= sum10_0_d;
    sum11_0_q <= sum11_0_d;
    sum12_0_q <= sum12_0_d;
    sum13_0_q <= sum13_0_d;
    sum14_0_q <= sum14_0_d;
    sum15_0_q <= sum15_0_d;
    sum_written_at_p1_q <= sum_at_q;
    sum_written_at_p2_q <= sum_written_at_p1_q;
    sum_written_at_p3_q <= sum_written_at_p2_q;
    to_half_at_p1_q <= filled_at;
    to_half_at_p2_q <= to_half_at_p1_q;
    to_half_at_p3_q <= to_half_at_p2_q;
    to_half_at_p4_q <= to_half_at_p3_q;
  end

  always @(posedge clk) begin
    if (rst) begin
      filled_half_q <= 1'd0;
    end else if (filled) begin
      filled_half_q <= ~filled_half_q;
    end
  end

  // a token's divisor, then its numerators
  always @(posedge clk) begin
    if (rst) begin
      outlet_taken_q <= 6'd0;
    end else if (outlet_taken_and ^ outlet_read) begin
      outlet_taken_q <= outlet_taken_and ? outlet_taken_up : outlet_taken_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      result_slot_q <= 4'd0;
      result_first_q <= 1'd1;
      result_value_q <= 1'd0;
    end else if (step) begin
      result_slot_q <= result_slot_last ? 4'd0 : result_slot_inc;
      result_first_q <= result_slot_last;
      result_value_q <= result_slot_q < 4'd8;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      result_token_q <= 4'd0;
    end else if (step & result_slot_last) begin
      result_token_q <= result_token_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      result_half_q <= 1'd0;
    end else if (emptied) begin
      result_half_q <= ~result_half_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      used_q <= 1'd0;
    end else begin
      used_q <= step & (result_first_q | result_value_q);
    end
  end

  always @(posedge clk) begin
    word_at_q <= result_at;
    word_q <= sums_ready_q;
  end

  // sums with the signs of the query, and the offset
  always @(posedge clk) begin
    query_p1_q <= q_axis_tdata;
    query_p2_q <= query_p1_q;
    query_p3_q <= query_p2_q;
    divides_p1_q <= result_first_q;
    divides_p2_q <= divides_p1_q;
    divides_p3_q <= divides_p2_q;
    divides_p4_q <= divides_p3_q;
    divides_p5_q <= divides_p4_q;
    divides_p6_q <= divides_p5_q;
    divides_p7_q <= divides_p6_q;
    with0_0_q <= query_p3_q[0] ? (query_p3_q[1] ? with0_0_diff : with0_0_ext) : 14'd0;
    with1_0_q <= query_p3_q[2] ? (query_p3_q[3] ? with1_0_diff : with1_0_ext) : 14'd0;
    with2_0_q <= query_p3_q[4] ? (query_p3_q[5] ? with2_0_diff : with2_0_ext) : 14'd0;
    with3_0_q <= query_p3_q[6] ? (query_p3_q[7] ? with3_0_diff : with3_0_ext) : 14'd0;
    with4_0_q <= query_p3_q[8] ? (query_p3_q[9] ? with4_0_diff : with4_0_ext) : 14'd0;
    with5_0_q <= query_p3_q[10] ? (query_p3_q[11] ? with5_0_diff : with5_0_ext) : 14'd0;
    with6_0_q <= query_p3_q[12] ? (query_p3_q[13] ? with6_0_diff : with6_0_ext) : 14'd0;
    with7_0_q <= query_p3_q[14] ? (query_p3_q[15] ? with7_0_diff : with7_0_ext) : 14'd0;
    with8_0_q <= query_p3_q[16] ? (query_p3_q[17] ? with8_0_diff : with8_0_ext) : 14'd0;
    with9_0_q <= query_p3_q[18] ? (query_p3_q[19] ? with9_0_diff : with9_0_ext) : 14'd0;
    with10_0_q <= query_p3_q[20] ? (query_p3_q[21] ? with10_0_diff : with10_0_ext) : 14'd0;
    with11_0_q <= query_p3_q[22] ? (query_p3_q[23] ? with11_0_diff : with11_0_ext) : 14'd0;
    with12_0_q <= query_p3_q[24] ? (query_p3_q[25] ? with12_0_diff : with12_0_ext) : 14'd0;
    with13_0_q <= query_p3_q[26] ? (query_p3_q[27] ? with13_0_diff : with13_0_ext) : 14'd0;
    with14_0_q <= query_p3_q[28] ? (query_p3_q[29] ? with14_0_diff : with14_0_ext) : 14'd0;
    with15_0_q <= query_p3_q[30] ? (query_p3_q[31] ? with15_0_diff : with15_0_ext) : 14'd0;
    total0_l0x0_q <= total0_l0x0_d;
    total0_l0x1_q <= total0_l0x1_d;
    total0_l0x2_q <= total0_l0x2_d;
    total0_l0x3_q <= total0_l0x3_d;
    total0_l0x4_q <= total0_l0x4_d;
    total0_l0x5_q <= total0_l0x5_d;
    total0_l0x6_q <= total0_l0x6_d;
    total0_l0x7_q <= total0_l0x7_d;
    total0_l1x0_q <= total0_l1x0_d;
    total0_l1x1_q <= total0_l1x1_d;
    total0_l1x2_q <= total0_l1x2_d;
    total0_l1x3_q <= total0_l1x3_d;
    total0_l2x0_q <= total0_l2x0_d;
    total0_l2x1_q <= total0_l2x1_d;
    total0_l3x0_q <= total0_l3x0_d;
    own0_p1_q <= w_axis_tdata;
    own0_p2_q <= own0_p1_q;
    own0_p3_q <= own0_p2_q;
    own0_p4_q <= own0_p3_q;
    own0_p5_q <= own0_p4_q;
    own0_p6_q <= own0_p5_q;
    own0_p7_q <= own0_p6_q;
    offset0_q <= divides_p7_q ? 17'h110 : {{4{offset0_sum[12]}}, offset0_sum};
    num0_q <= num0_d;
    divides_num_p1_q <= divides_p7_q;
    divides_num_p2_q <= divides_num_p1_q;
    below0_p1_q <= num0_q[16];
    below0_p2_q <= below0_p1_q;
    below0_p3_q <= below0_p2_q;
    below0_p4_q <= below0_p3_q;
    below0_p5_q <= below0_p4_q;
    below0_p6_q <= below0_p5_q;
    below0_p7_q <= below0_p6_q;
    below0_p8_q <= below0_p7_q;
    below0_p9_q <= below0_p8_q;
    below0_p10_q <= below0_p9_q;
    below0_p11_q <= below0_p10_q;
    size0_q <= num0_q[16] ? negated : num0_q;
    dividend0_q <= dividend0_d;
    twice0_q <= {den_q, 1'd0};
    y0_over_q <= y0_high >= twice0_q;
    y0_rest_q <= y0_high;
    y0_low_q <= dividend0_q[7:0];
    y0_divisor_q <= twice0_q;
    y0_rest0_q <= y0_goes0 ? y0_left0[10:0] : y0_taken0[10:0];
    y0_quotient0_q <= {y0_low_q[6:0], y0_goes0};
    y0_divisor0_q <= y0_divisor_q;
    y0_rest1_q <= y0_goes1 ? y0_left1[10:0] : y0_taken1[10:0];
    y0_quotient1_q <= {y0_quotient0_q[6:0], y0_goes1};
    y0_divisor1_q <= y0_divisor0_q;
    y0_rest2_q <= y0_goes2 ? y0_left2[10:0] : y0_taken2[10:0];
    y0_quotient2_q <= {y0_quotient1_q[6:0], y0_goes2};
    y0_divisor2_q <= y0_divisor1_q;
    y0_rest3_q <= y0_goes3 ? y0_left3[10:0] : y0_taken3[10:0];
    y0_quotient3_q <= {y0_quotient2_q[6:0], y0_goes3};
    y0_divisor3_q <= y0_divisor2_q;
    y0_rest4_q <= y0_goes4 ? y0_left4[10:0] : y0_taken4[10:0];
    y0_quotient4_q <= {y0_quotient3_q[6:0], y0_goes4};
    y0_divisor4_q <= y0_divisor3_q;
    y0_rest5_q <= y0_goes5 ? y0_left5[10:0] : y0_taken5[10:0];
    y0_quotient5_q <= {y0_quotient4_q[6:0], y0_goes5};
    y0_divisor5_q <= y0_divisor4_q;
    y0_rest6_q <= y0_goes6 ? y0_left6[10:0] : y0_taken6[10:0];
    y0_quotient6_q <= {y0_quotient5_q[6:0], y0_goes6};
    y0_divisor6_q <= y0_divisor5_q;
    y0_quotient7_q <= {y0_quotient6_q[6:0], y0_goes7};
    y0_over_late_p1_q <= y0_over_q;
    y0_over_late_p2_q <= y0_over_late_p1_q;
    y0_over_late_p3_q <= y0_over_late_p2_q;
    y0_over_late_p4_q <= y0_over_late_p3_q;
    y0_over_late_p5_q <= y0_over_late_p4_q;
    y0_over_late_p6_q <= y0_over_late_p5_q;
    y0_over_late_p7_q <= y0_over_late_p6_q;
    y0_over_late_p8_q <= y0_over_late_p7_q;
    signed0_q <= below0_p11_q ? signed0_diff : signed0_ext;
    fitted0_q <= ((|fitted0_bits) & ~(&fitted0_bits)) ? {signed0_q[8], {fit0_most, fit0_most, fit0_most,
      fit0_most, fit0_most, fit0_most, fit0_most}} : signed0_q[7:0];
    last_p1_q <= result_token_last & (result_slot_q == 4'd8);
    last_p2_q <= last_p1_q;
    last_p3_q <= last_p2_q;
    last_p4_q <= last_p3_q;
    last_p5_q <= last_p4_q;
    last_p6_q <= last_p5_q;
    last_p7_q <= last_p6_q;
    last_p8_q <= last_p7_q;
    last_p9_q <= last_p8_q;
    last_p10_q <= last_p9_q;
    last_p11_q <= last_p10_q;
    last_p12_q <= last_p11_q;
    last_p13_q <= last_p12_q;
    last_p14_q <= last_p13_q;
    last_p15_q <= last_p14_q;
    last_p16_q <= last_p15_q;
    last_p17_q <= last_p16_q;
    last_p18_q <= last_p17_q;
    last_p19_q <= last_p18_q;
    last_p20_q <= last_p19_q;
    last_p21_q <= last_p20_q;
    last_p22_q <= last_p21_q;
  end

  always @(posedge clk) begin
    if (divides_num_p2_q) begin
      den_q <= num0_q[9:0];
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      put_p1_q <= 1'd0;
      put_p2_q <= 1'd0;
      put_p3_q <= 1'd0;
      put_p4_q <= 1'd0;
      put_p5_q <= 1'd0;
      put_p6_q <= 1'd0;
      put_p7_q <= 1'd0;
      put_p8_q <= 1'd0;
      put_p9_q <= 1'd0;
      put_p10_q <= 1'd0;
      put_p11_q <= 1'd0;
      put_p12_q <= 1'd0;
      put_p13_q <= 1'd0;
      put_p14_q <= 1'd0;
      put_p15_q <= 1'd0;
      put_p16_q <= 1'd0;
      put_p17_q <= 1'd0;
      put_p18_q <= 1'd0;
      put_p19_q <= 1'd0;
      put_p20_q <= 1'd0;
      put_p21_q <= 1'd0;
      put_p22_q <= 1'd0;
    end else begin
      put_p1_q <= step & result_value_q;
      put_p2_q <= put_p1_q;
      put_p3_q <= put_p2_q;
      put_p4_q <= put_p3_q;
      put_p5_q <= put_p4_q;
      put_p6_q <= put_p5_q;
      put_p7_q <= put_p6_q;
      put_p8_q <= put_p7_q;
      put_p9_q <= put_p8_q;
      put_p10_q <= put_p9_q;
      put_p11_q <= put_p10_q;
      put_p12_q <= put_p11_q;
      put_p13_q <= put_p12_q;
      put_p14_q <= put_p13_q;
      put_p15_q <= put_p14_q;
      put_p16_q <= put_p15_q;
      put_p17_q <= put_p16_q;
      put_p18_q <= put_p17_q;
      put_p19_q <= put_p18_q;
      put_p20_q <= put_p19_q;
      put_p21_q <= put_p20_q;
      put_p22_q <= put_p21_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      outlet_some_q <= 6'd0;
    end else if (put_p22_q ^ outlet_read) begin
      outlet_some_q <= put_p22_q ? outlet_some_up : outlet_some_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      outlet_wr_q <= 5'd0;
    end else if (put_p22_q) begin
      outlet_wr_q <= outlet_wr_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      outlet_rd_q <= 5'd0;
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

  wire unused_ok = &{1'b0, y0_left7[11:0], y0_left6[11], y0_left5[11], y0_left4[11], y0_left3[11],
      y0_left2[11], y0_left1[11], y0_left0[11], total0_l3x0_q[17], w_axis_tlast, q_axis_tlast, v_axis_tlast,
      k_axis_tlast};

endmodule

`default_nettype wire
