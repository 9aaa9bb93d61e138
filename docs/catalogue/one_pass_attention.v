// nl_one_pass_attention_4x32_d4x4_h072541_exp
// block  rom: 256 words of 16 bits, read latency 1
`default_nettype none

`ifndef NL_MEM_DIR
`define NL_MEM_DIR "./"
`endif

module nl_one_pass_attention_4x32_d4x4_h072541_exp (
  input  wire clk,
  input  wire en_i,
  input  wire [7:0] addr_i,
  output wire [15:0] data_o
);

  reg [15:0] mem_q;
  reg [15:0] mem [0:255];
  initial $readmemh({`NL_MEM_DIR, "nl_one_pass_attention_4x32_d4x4_h072541_exp.mem"}, mem);

  always @(posedge clk) if (en_i) begin
    mem_q <= mem[addr_i];
  end

  assign data_o = mem_q;

endmodule

`default_nettype wire

// nl_one_pass_attention_4x32_d4x4_h072541
// block     one_pass_attention: attention of a head in one pass over the keys, one of them a cycle
// computes  y[i] = sum over j of exp(scale q[i].k[j]) v[j] / sum over j of exp(scale q[i].k[j])
// config    defaults
// niello    0.1.0, config d155c23a9c072541
// score     18 bits, times 47274 / 2^16 in 256ths of an octave
// tail      31 cycles
// last      ignored at the inputs: a frame goes by count; marks a frame's last beat at the output
// in  q_axis: 4 x 8 bits signed a beat, last is ignored: frames end by count
// in  k_axis: 4 x 8 bits signed a beat, last is ignored: frames end by count
// in  v_axis: 4 x 8 bits signed a beat, last is ignored: frames end by count
// out m_axis: 1 x 8 bits signed a beat, with a last mark
`default_nettype none

module nl_one_pass_attention_4x32_d4x4_h072541 (
  input  wire clk,
  input  wire rst,
  input  wire [31:0] q_axis_tdata,
  input  wire q_axis_tvalid,
  input  wire q_axis_tlast,
  output wire q_axis_tready,
  input  wire [31:0] k_axis_tdata,
  input  wire k_axis_tvalid,
  input  wire k_axis_tlast,
  output wire k_axis_tready,
  input  wire [31:0] v_axis_tdata,
  input  wire v_axis_tvalid,
  input  wire v_axis_tlast,
  output wire v_axis_tready,
  output wire [7:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg [4:0] key_q;
  reg [1:0] query_q;
  reg signed [7:0] q0_q;
  reg signed [7:0] k0_q;
  reg signed [15:0] product0_q;
  reg signed [7:0] q1_q;
  reg signed [7:0] k1_q;
  reg signed [15:0] product1_q;
  reg signed [7:0] q2_q;
  reg signed [7:0] k2_q;
  reg signed [15:0] product2_q;
  reg signed [7:0] q3_q;
  reg signed [7:0] k3_q;
  reg signed [15:0] product3_q;
  reg signed [16:0] sum0_0_q;
  reg signed [16:0] sum0_1_q;
  reg signed [17:0] sum1_0_q;
  reg signed [34:0] scaled_q;
  reg scored_p1_q;
  reg scored_p2_q;
  reg scored_p3_q;
  reg scored_p4_q;
  reg scored_p5_q;
  reg scored_first_p1_q;
  reg scored_first_p2_q;
  reg scored_first_p3_q;
  reg scored_first_p4_q;
  reg scored_first_p5_q;
  reg scored_ends_p1_q;
  reg scored_ends_p2_q;
  reg scored_ends_p3_q;
  reg scored_ends_p4_q;
  reg scored_ends_p5_q;
  reg scored_frame_p1_q;
  reg scored_frame_p2_q;
  reg scored_frame_p3_q;
  reg scored_frame_p4_q;
  reg scored_frame_p5_q;
  reg scored_seen_p2_q;
  reg scored_seen_p3_q;
  reg scored_seen_p4_q;
  reg scored_seen_p5_q;
  reg held_q;
  reg open_q;
  reg key0_q;
  reg signed [8:0] octave0_q;
  reg [7:0] fraction0_q;
  reg first0_q;
  reg ends0_q;
  reg frame0_q;
  reg seen0_q;
  reg key1_q;
  reg signed [8:0] octave1_q;
  reg [7:0] fraction1_q;
  reg first1_q;
  reg ends1_q;
  reg frame1_q;
  reg seen1_q;
  reg key2_q;
  reg signed [8:0] octave2_q;
  reg [7:0] fraction2_q;
  reg first2_q;
  reg ends2_q;
  reg frame2_q;
  reg seen2_q;
  reg key3_q;
  reg signed [8:0] octave3_q;
  reg [7:0] fraction3_q;
  reg first3_q;
  reg ends3_q;
  reg frame3_q;
  reg seen3_q;
  reg key4_q;
  reg signed [8:0] octave4_q;
  reg [7:0] fraction4_q;
  reg first4_q;
  reg ends4_q;
  reg frame4_q;
  reg seen4_q;
  reg key5_q;
  reg signed [8:0] octave5_q;
  reg [7:0] fraction5_q;
  reg first5_q;
  reg ends5_q;
  reg frame5_q;
  reg seen5_q;
  reg signed [8:0] octave6_q;
  reg [7:0] fraction6_q;
  reg first6_q;
  reg ends6_q;
  reg frame6_q;
  reg seen6_q;
  reg signed [8:0] step0_q;
  reg signed [8:0] step1_q;
  reg signed [8:0] behind1_q;
  reg signed [8:0] pair2_q;
  reg signed [8:0] behind5_q;
  reg signed [8:0] pair_late_p1_q;
  reg signed [8:0] pair_late_p2_q;
  reg signed [8:0] pair_late_p3_q;
  reg signed [8:0] four6_q;
  reg left_q;
  reg signed [8:0] highest_q;
  reg moves_weighed_p1_q;
  reg moves_weighed_p2_q;
  reg moves_weighed_p3_q;
  reg clears_weighed_p1_q;
  reg clears_weighed_p2_q;
  reg clears_weighed_p3_q;
  reg signed [8:0] octave_weighed_q;
  reg [12:0] apart_q;
  reg [4:0] below_q;
  reg [15:0] exp_p1_q;
  reg [15:0] exp_p2_q;
  reg seen_weighed_p1_q;
  reg seen_weighed_p2_q;
  reg seen_weighed_p3_q;
  reg wants_p1_q;
  reg wants_p2_q;
  reg wants_p3_q;
  reg ends_weighed_p1_q;
  reg ends_weighed_p2_q;
  reg ends_weighed_p3_q;
  reg frame_weighed_p1_q;
  reg frame_weighed_p2_q;
  reg frame_weighed_p3_q;
  reg taken_q;
  reg [15:0] p_q;
  reg moves_q;
  reg clears_q;
  reg ends_p_q;
  reg done_share_q;
  reg done_q;
  reg frame_p_q;
  reg frame_p1_q;
  reg frame_p2_q;
  reg taken_g1_q;
  reg [15:0] p_g1_q;
  reg moves_g1_q;
  reg clears_g1_q;
  reg [20:0] den_q;
  reg signed [7:0] value0_q;
  reg signed [24:0] share0_q;
  reg signed [28:0] num0_q;
  reg signed [7:0] value1_q;
  reg signed [24:0] share1_q;
  reg signed [28:0] num1_q;
  reg signed [7:0] value2_q;
  reg signed [24:0] share2_q;
  reg signed [28:0] num2_q;
  reg signed [7:0] value3_q;
  reg signed [24:0] share3_q;
  reg signed [28:0] num3_q;
  reg [4:0] divide_step_q;
  reg [20:0] divide_divisor_q;
  reg [20:0] divide_rest_q;
  reg [21:0] divide_quotient_q;
  reg divide_ready_q;
  reg active_q;
  reg [1:0] beat_q;
  reg signed [28:0] held3_0_q;
  reg signed [28:0] held2_0_q;
  reg signed [28:0] held1_0_q;
  reg signed [28:0] held0_0_q;
  reg frame_held_q;
  reg empty_q;
  reg [28:0] size0_q;
  reg [21:0] factor0_q;
  reg minus0_p1_q;
  reg minus0_p2_q;
  reg minus0_p3_q;
  reg minus0_p4_q;
  reg minus0_p5_q;
  reg [28:0] result0_a_q;
  reg [21:0] result0_b_q;
  reg [33:0] result0_part0_q;
  reg [21:0] result0_part1_q;
  reg [28:0] result0_part2_q;
  reg [16:0] result0_part3_q;
  reg [39:0] result0_sum0_0_q;
  reg [34:0] result0_sum0_1_q;
  reg [52:0] result0_sum1_0_q;
  reg signed [51:0] signed0_q;
  reg signed [20:0] rounded0_q;
  reg none0_p1_q;
  reg none0_p2_q;
  reg none0_p3_q;
  reg none0_p4_q;
  reg none0_p5_q;
  reg none0_p6_q;
  reg none0_p7_q;
  reg [7:0] y0_q;
  reg valid_p1_q;
  reg valid_p2_q;
  reg valid_p3_q;
  reg valid_p4_q;
  reg valid_p5_q;
  reg valid_p6_q;
  reg valid_p7_q;
  reg valid_p8_q;
  reg last_p1_q;
  reg last_p2_q;
  reg last_p3_q;
  reg last_p4_q;
  reg last_p5_q;
  reg last_p6_q;
  reg last_p7_q;
  reg last_p8_q;
  wire [15:0] exp_p1_d;

  // a key's value comes beside its exponential; a query's last key waits until the sums of the query before have been read
  wire may = ~(ends_weighed_p3_q & held_q);
  wire value_here = ~wants_p3_q | (v_axis_tvalid & may);

  // a key a cycle
  wire moves_on = value_here;
  wire step = (q_axis_tvalid & k_axis_tvalid) & moves_on;
  wire key_last = key_q == 5'd31;
  wire [4:0] key_inc = key_q + 5'd1;
  wire query_ends = step & key_last;
  wire first = ~(|key_q);
  wire query_last = query_q == 2'd3;
  wire [1:0] query_inc = query_q + 2'd1;
  assign q_axis_tready = (k_axis_tvalid & moves_on) & (key_q == 5'd31);
  assign k_axis_tready = q_axis_tvalid & moves_on;

  // the score: products, their sum, a factor
  wire signed [15:0] product0_d = $signed({{8{q0_q[7]}}, q0_q}) * $signed({{8{k0_q[7]}}, k0_q});
  wire signed [15:0] product1_d = $signed({{8{q1_q[7]}}, q1_q}) * $signed({{8{k1_q[7]}}, k1_q});
  wire signed [15:0] product2_d = $signed({{8{q2_q[7]}}, q2_q}) * $signed({{8{k2_q[7]}}, k2_q});
  wire signed [15:0] product3_d = $signed({{8{q3_q[7]}}, q3_q}) * $signed({{8{k3_q[7]}}, k3_q});
  wire signed [16:0] sum0_0_d = {product0_q[15], product0_q} + {product1_q[15], product1_q};
  wire signed [16:0] sum0_1_d = {product2_q[15], product2_q} + {product3_q[15], product3_q};
  wire signed [17:0] sum1_0_d = {sum0_0_q[16], sum0_0_q} + {sum0_1_q[16], sum0_1_q};
  wire signed [34:0] scaled_d = $signed({{17{sum1_0_q[17]}}, sum1_0_q}) * $signed(35'hb8aa);
  wire signed [16:0] octave0_bits = scaled_q[32:16];

  // keys wait until those that the maximum looks at are there, or their query ends
  wire push = moves_on & (scored_p5_q | ~open_q);
  wire [8:0] octave0_d = octave0_bits[16:8];
  wire [6:0] step0_sum_bits = octave0_d[8:2];
  wire signed [7:0] step0_sum = {step0_sum_bits[6], step0_sum_bits} + 8'd1;
  wire signed [8:0] step0_d = scored_seen_p5_q ? {step0_sum[7], step0_sum} : 9'd260;
  wire signed [8:0] behind1_diff = step0_d - 9'd1;
  wire pair_ends = ends4_q | ends3_q;
  wire signed [8:0] behind5_diff = pair2_q - 9'd2;

  // the maximum in steps of octaves, and the exponential below it
  wire signed [8:0] before_l1 = first6_q ? 9'd260 : highest_q;
  wire rises = before_l1 < four6_q;
  wire signed [8:0] rises_by_one_sum = before_l1 + 9'd1;
  wire rises_by_one = four6_q == rises_by_one_sum;
  wire signed [10:0] apart_diff_cat = {highest_q, 2'd0};
  wire signed [11:0] apart_diff = {apart_diff_cat[10], apart_diff_cat} - {{3{octave_weighed_q[8]}},
      octave_weighed_q};
  wire signed [12:0] apart_d = {apart_diff[11], apart_diff} - 13'd1;
  wire [15:0] p_shr = exp_p2_q >> below_q;

  // a key's value comes beside its exponential; a query's last key waits until the sums of the query before have been read
  wire v_axis_ready = wants_p3_q & may;
  wire v_axis_fire = v_axis_tvalid & v_axis_ready;

  // numerators and denominator: a step down where the maximum rises, and the key's share; it goes from group to group of multipliers
  wire [20:0] den_d = (clears_g1_q ? 21'h0 : (moves_g1_q ? {4'd0, den_q[20:4]} : den_q)) + {5'd0, p_g1_q};
  wire [16:0] share0_ext = {1'd0, p_q};
  wire signed [24:0] share0_d = $signed({{8{share0_ext[16]}}, share0_ext}) * $signed({{17{value0_q[7]}},
      value0_q});
  wire [24:0] num0_bits = num0_q[28:4];
  wire signed [28:0] num0_d = (clears_g1_q ? 29'h0 : (moves_g1_q ? {{4{num0_bits[24]}}, num0_bits} : num0_q)) +
      {{4{share0_q[24]}}, share0_q};
  wire [16:0] share1_ext = {1'd0, p_q};
  wire signed [24:0] share1_d = $signed({{8{share1_ext[16]}}, share1_ext}) * $signed({{17{value1_q[7]}},
      value1_q});
  wire [24:0] num1_bits = num1_q[28:4];
  wire signed [28:0] num1_d = (clears_g1_q ? 29'h0 : (moves_g1_q ? {{4{num1_bits[24]}}, num1_bits} : num1_q)) +
      {{4{share1_q[24]}}, share1_q};
  wire [16:0] share2_ext = {1'd0, p_q};
  wire signed [24:0] share2_d = $signed({{8{share2_ext[16]}}, share2_ext}) * $signed({{17{value2_q[7]}},
      value2_q});
  wire [24:0] num2_bits = num2_q[28:4];
  wire signed [28:0] num2_d = (clears_g1_q ? 29'h0 : (moves_g1_q ? {{4{num2_bits[24]}}, num2_bits} : num2_q)) +
      {{4{share2_q[24]}}, share2_q};
  wire [16:0] share3_ext = {1'd0, p_q};
  wire signed [24:0] share3_d = $signed({{8{share3_ext[16]}}, share3_ext}) * $signed({{17{value3_q[7]}},
      value3_q});
  wire [24:0] num3_bits = num3_q[28:4];
  wire signed [28:0] num3_d = (clears_g1_q ? 29'h0 : (moves_g1_q ? {{4{num3_bits[24]}}, num3_bits} : num3_q)) +
      {{4{share3_q[24]}}, share3_q};
  wire held_d = v_axis_fire & ends_weighed_p3_q;

  // the quotient of a query
  wire divide_busy = |divide_step_q;
  wire [4:0] divide_step_less = divide_step_q - 5'd1;
  wire [21:0] divide_twice = {divide_rest_q, divide_quotient_q[21]};
  wire signed [22:0] divide_left = {1'd0, divide_twice} - {1'd0, {1'd0, divide_divisor_q}};
  wire divide_goes = ~divide_left[22];

  // its sums, held, and read lane by lane
  wire run = ~valid_p8_q | m_axis_tready;
  wire issue = active_q & run;
  wire beat_last = beat_q == 2'd3;
  wire [1:0] beat_inc = beat_q + 2'd1;
  wire over = issue & beat_last;

  // results: a product of magnitudes, its sign, the rounding, the saturation
  wire signed [28:0] negated = 29'h0 - held0_0_q;
  wire [16:0] result0_part1_bits = result0_a_q[16:0];
  wire [11:0] result0_part3_bits = result0_a_q[28:17];
  wire [16:0] result0_part2_bits = result0_b_q[16:0];
  wire [4:0] result0_part3_bits_l1 = result0_b_q[21:17];
  wire [33:0] result0_part0_d = {17'd0, result0_part1_bits} * {17'd0, result0_part2_bits};
  wire [21:0] result0_part1_d = {5'd0, result0_part1_bits} * {17'd0, result0_part3_bits_l1};
  wire [28:0] result0_part2_d = {17'd0, result0_part3_bits} * {12'd0, result0_part2_bits};
  wire [16:0] result0_part3_d = {5'd0, result0_part3_bits} * {12'd0, result0_part3_bits_l1};
  wire [39:0] result0_sum0_0_d = {6'd0, result0_part0_q} + {1'd0, {result0_part1_q, 17'h0}};
  wire [34:0] result0_sum0_1_d = {6'd0, result0_part2_q} + {1'd0, {result0_part3_q, 17'h0}};
  wire [52:0] result0_sum1_0_d = {13'd0, result0_sum0_0_q} + {1'd0, {result0_sum0_1_q, 17'h0}};
  wire [51:0] signed0_ext = {1'd0, result0_sum1_0_q[50:0]};
  wire signed [51:0] signed0_diff = 52'h0 - signed0_ext;
  wire signed [52:0] rounded0_bits_sum = {signed0_q[51], signed0_q} + 53'h100000000;
  wire [19:0] rounded0_bits = rounded0_bits_sum[52:33];
  wire fit0_most = ~rounded0_q[20];
  wire [13:0] y0_bits = rounded0_q[20:7];

  // the maximum in steps of octaves, and the exponential below it
  nl_one_pass_attention_4x32_d4x4_h072541_exp u_exp (
    .clk(clk),
    .en_i(moves_on),
    .addr_i(fraction6_q),
    .data_o(exp_p1_d)
  );

  assign v_axis_tready = v_axis_ready;
  assign m_axis_tdata = y0_q;
  assign m_axis_tvalid = valid_p8_q;
  assign m_axis_tlast = last_p8_q;

  // a key a cycle
  always @(posedge clk) begin
    if (rst) begin
      key_q <= 5'd0;
    end else if (step) begin
      key_q <= key_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      query_q <= 2'd0;
    end else if (query_ends) begin
      query_q <= query_inc;
    end
  end

  // the score: products, their sum, a factor
  always @(posedge clk) begin
    if (moves_on) begin
      q0_q <= q_axis_tdata[7:0];
      k0_q <= k_axis_tdata[7:0];
      product0_q <= product0_d;
      q1_q <= q_axis_tdata[15:8];
      k1_q <= k_axis_tdata[15:8];
      product1_q <= product1_d;
      q2_q <= q_axis_tdata[23:16];
      k2_q <= k_axis_tdata[23:16];
      product2_q <= product2_d;
      q3_q <= q_axis_tdata[31:24];
      k3_q <= k_axis_tdata[31:24];
      product3_q <= product3_d;
      sum0_0_q <= sum0_0_d;
      sum0_1_q <= sum0_1_d;
      sum1_0_q <= sum1_0_d;
      scaled_q <= scaled_d;
      scored_first_p1_q <= first;
      scored_first_p2_q <= scored_first_p1_q;
      scored_first_p3_q <= scored_first_p2_q;
      scored_first_p4_q <= scored_first_p3_q;
      scored_first_p5_q <= scored_first_p4_q;
      scored_ends_p1_q <= query_ends;
      scored_ends_p2_q <= scored_ends_p1_q;
      scored_ends_p3_q <= scored_ends_p2_q;
      scored_ends_p4_q <= scored_ends_p3_q;
      scored_ends_p5_q <= scored_ends_p4_q;
      scored_frame_p1_q <= query_last;
      scored_frame_p2_q <= scored_frame_p1_q;
      scored_frame_p3_q <= scored_frame_p2_q;
      scored_frame_p4_q <= scored_frame_p3_q;
      scored_frame_p5_q <= scored_frame_p4_q;
      scored_seen_p2_q <= 1'd1;
      scored_seen_p3_q <= scored_seen_p2_q;
      scored_seen_p4_q <= scored_seen_p3_q;
      scored_seen_p5_q <= scored_seen_p4_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      scored_p1_q <= 1'd0;
      scored_p2_q <= 1'd0;
      scored_p3_q <= 1'd0;
      scored_p4_q <= 1'd0;
      scored_p5_q <= 1'd0;
    end else if (moves_on) begin
      scored_p1_q <= step;
      scored_p2_q <= scored_p1_q;
      scored_p3_q <= scored_p2_q;
      scored_p4_q <= scored_p3_q;
      scored_p5_q <= scored_p4_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      held_q <= 1'd0;
    end else if (held_d | over) begin
      held_q <= held_d;
    end
  end

  // keys wait until those that the maximum looks at are there, or their query ends
  always @(posedge clk) begin
    if (rst) begin
      open_q <= 1'd0;
      key0_q <= 1'd0;
      key1_q <= 1'd0;
      key2_q <= 1'd0;
      key3_q <= 1'd0;
      key4_q <= 1'd0;
      key5_q <= 1'd0;
    end else if (push) begin
      open_q <= scored_p5_q & ~scored_ends_p5_q;
      key0_q <= scored_p5_q;
      key1_q <= key0_q;
      key2_q <= key1_q;
      key3_q <= key2_q;
      key4_q <= key3_q;
      key5_q <= key4_q;
    end
  end

  always @(posedge clk) begin
    if (push) begin
      octave0_q <= octave0_d;
      fraction0_q <= scaled_q[23:16];
      first0_q <= scored_first_p5_q;
      ends0_q <= scored_ends_p5_q;
      frame0_q <= scored_frame_p5_q;
      seen0_q <= scored_seen_p5_q;
      octave1_q <= octave0_q;
      fraction1_q <= fraction0_q;
      first1_q <= first0_q;
      ends1_q <= ends0_q;
      frame1_q <= frame0_q;
      seen1_q <= seen0_q;
      octave2_q <= octave1_q;
      fraction2_q <= fraction1_q;
      first2_q <= first1_q;
      ends2_q <= ends1_q;
      frame2_q <= frame1_q;
      seen2_q <= seen1_q;
      octave3_q <= octave2_q;
      fraction3_q <= fraction2_q;
      first3_q <= first2_q;
      ends3_q <= ends2_q;
      frame3_q <= frame2_q;
      seen3_q <= seen2_q;
      octave4_q <= octave3_q;
      fraction4_q <= fraction3_q;
      first4_q <= first3_q;
      ends4_q <= ends3_q;
      frame4_q <= frame3_q;
      seen4_q <= seen3_q;
      octave5_q <= octave4_q;
      fraction5_q <= fraction4_q;
      first5_q <= first4_q;
      ends5_q <= ends4_q;
      frame5_q <= frame4_q;
      seen5_q <= seen4_q;
      octave6_q <= octave5_q;
      fraction6_q <= fraction5_q;
      first6_q <= first5_q;
      ends6_q <= ends5_q;
      frame6_q <= frame5_q;
      seen6_q <= seen5_q;
      step0_q <= step0_d;
      step1_q <= step0_q;
      behind1_q <= ends0_q ? 9'd260 : behind1_diff;
      pair2_q <= (step1_q < behind1_q) ? behind1_q : step1_q;
      behind5_q <= pair_ends ? 9'd260 : behind5_diff;
      pair_late_p1_q <= pair2_q;
      pair_late_p2_q <= pair_late_p1_q;
      pair_late_p3_q <= pair_late_p2_q;
      four6_q <= (pair_late_p3_q < behind5_q) ? behind5_q : pair_late_p3_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      left_q <= 1'd0;
    end else if (moves_on) begin
      left_q <= push & key5_q;
    end
  end

  // the maximum in steps of octaves, and the exponential below it
  always @(posedge clk) begin
    if (moves_on & left_q) begin
      highest_q <= rises ? four6_q : before_l1;
    end
  end

  always @(posedge clk) begin
    if (moves_on) begin
      moves_weighed_p1_q <= rises_by_one & ~first6_q;
      moves_weighed_p2_q <= moves_weighed_p1_q;
      moves_weighed_p3_q <= moves_weighed_p2_q;
      clears_weighed_p1_q <= first6_q | (rises & ~rises_by_one);
      clears_weighed_p2_q <= clears_weighed_p1_q;
      clears_weighed_p3_q <= clears_weighed_p2_q;
      octave_weighed_q <= octave6_q;
      apart_q <= apart_d;
      below_q <= (|(apart_q[12:5])) ? 5'd31 : apart_q[4:0];
      exp_p1_q <= exp_p1_d;
      exp_p2_q <= exp_p1_q;
      seen_weighed_p1_q <= seen6_q;
      seen_weighed_p2_q <= seen_weighed_p1_q;
      seen_weighed_p3_q <= seen_weighed_p2_q;
      ends_weighed_p1_q <= ends6_q;
      ends_weighed_p2_q <= ends_weighed_p1_q;
      ends_weighed_p3_q <= ends_weighed_p2_q;
      frame_weighed_p1_q <= frame6_q;
      frame_weighed_p2_q <= frame_weighed_p1_q;
      frame_weighed_p3_q <= frame_weighed_p2_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      wants_p1_q <= 1'd0;
      wants_p2_q <= 1'd0;
      wants_p3_q <= 1'd0;
    end else if (moves_on) begin
      wants_p1_q <= left_q;
      wants_p2_q <= wants_p1_q;
      wants_p3_q <= wants_p2_q;
    end
  end

  // a key's value comes beside its exponential; a query's last key waits until the sums of the query before have been read
  always @(posedge clk) begin
    if (rst) begin
      taken_q <= 1'd0;
    end else begin
      taken_q <= v_axis_fire;
    end
  end

  always @(posedge clk) begin
    if (moves_on) begin
      p_q <= seen_weighed_p3_q ? p_shr : 16'd0;
      moves_q <= moves_weighed_p3_q;
      clears_q <= clears_weighed_p3_q;
    end
  end

  // numerators and denominator: a step down where the maximum rises, and the key's share; it goes from group to group of multipliers
  always @(posedge clk) begin
    if (moves_on) begin
      ends_p_q <= ends_weighed_p3_q;
      frame_p_q <= frame_weighed_p3_q;
      value0_q <= v_axis_tdata[7:0];
      value1_q <= v_axis_tdata[15:8];
      value2_q <= v_axis_tdata[23:16];
      value3_q <= v_axis_tdata[31:24];
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      done_share_q <= 1'd0;
      done_q <= 1'd0;
      taken_g1_q <= 1'd0;
    end else begin
      done_share_q <= taken_q & ends_p_q;
      done_q <= done_share_q;
      taken_g1_q <= taken_q;
    end
  end

  always @(posedge clk) begin
    frame_p1_q <= frame_p_q;
    frame_p2_q <= frame_p1_q;
    p_g1_q <= p_q;
    moves_g1_q <= moves_q;
    clears_g1_q <= clears_q;
    share0_q <= share0_d;
    share1_q <= share1_d;
    share2_q <= share2_d;
    share3_q <= share3_d;
  end

  always @(posedge clk) begin
    if (taken_g1_q) begin
      den_q <= den_d;
      num0_q <= num0_d;
      num1_q <= num1_d;
      num2_q <= num2_d;
      num3_q <= num3_d;
    end
  end

  // the quotient of a query
  always @(posedge clk) begin
    if (rst) begin
      divide_step_q <= 5'd0;
    end else if (done_q | divide_busy) begin
      divide_step_q <= done_q ? 5'd22 : divide_step_less;
    end
  end

  always @(posedge clk) begin
    if (done_q) begin
      divide_divisor_q <= den_q;
    end
  end

  always @(posedge clk) begin
    if (done_q | divide_busy) begin
      divide_rest_q <= done_q ? 21'h800 : (divide_goes ? divide_left[20:0] : divide_twice[20:0]);
    end
  end

  always @(posedge clk) begin
    if (done_q | divide_busy) begin
      divide_quotient_q <= done_q ? 22'h0 : {divide_quotient_q[20:0], divide_goes};
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      divide_ready_q <= 1'd0;
    end else begin
      divide_ready_q <= divide_step_q == 5'd1;
    end
  end

  // its sums, held, and read lane by lane
  always @(posedge clk) begin
    if (rst) begin
      active_q <= 1'd0;
    end else if (divide_ready_q | over) begin
      active_q <= divide_ready_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      beat_q <= 2'd0;
    end else if (issue) begin
      beat_q <= beat_inc;
    end
  end

  always @(posedge clk) begin
    if (done_q | issue) begin
      held3_0_q <= num3_q;
    end
  end

  always @(posedge clk) begin
    if (done_q | issue) begin
      held2_0_q <= done_q ? num2_q : held3_0_q;
    end
  end

  always @(posedge clk) begin
    if (done_q | issue) begin
      held1_0_q <= done_q ? num1_q : held2_0_q;
    end
  end

  always @(posedge clk) begin
    if (done_q | issue) begin
      held0_0_q <= done_q ? num0_q : held1_0_q;
    end
  end

  always @(posedge clk) begin
    if (done_q) begin
      frame_held_q <= frame_p2_q;
      empty_q <= ~(|den_q);
    end
  end

  // results: a product of magnitudes, its sign, the rounding, the saturation
  always @(posedge clk) begin
    if (run) begin
      size0_q <= held0_0_q[28] ? negated : held0_0_q;
      factor0_q <= divide_quotient_q;
      minus0_p1_q <= held0_0_q[28];
      minus0_p2_q <= minus0_p1_q;
      minus0_p3_q <= minus0_p2_q;
      minus0_p4_q <= minus0_p3_q;
      minus0_p5_q <= minus0_p4_q;
      result0_a_q <= size0_q;
      result0_b_q <= factor0_q;
      result0_part0_q <= result0_part0_d;
      result0_part1_q <= result0_part1_d;
      result0_part2_q <= result0_part2_d;
      result0_part3_q <= result0_part3_d;
      result0_sum0_0_q <= result0_sum0_0_d;
      result0_sum0_1_q <= result0_sum0_1_d;
      result0_sum1_0_q <= result0_sum1_0_d;
      signed0_q <= minus0_p5_q ? signed0_diff : signed0_ext;
      rounded0_q <= {rounded0_bits[19], rounded0_bits};
      none0_p1_q <= empty_q;
      none0_p2_q <= none0_p1_q;
      none0_p3_q <= none0_p2_q;
      none0_p4_q <= none0_p3_q;
      none0_p5_q <= none0_p4_q;
      none0_p6_q <= none0_p5_q;
      none0_p7_q <= none0_p6_q;
      y0_q <= none0_p7_q ? 8'd0 : (((|y0_bits) & ~(&y0_bits)) ? {rounded0_q[20], {fit0_most, fit0_most,
      fit0_most, fit0_most, fit0_most, fit0_most, fit0_most}} : rounded0_q[7:0]);
      last_p1_q <= frame_held_q & beat_last;
      last_p2_q <= last_p1_q;
      last_p3_q <= last_p2_q;
      last_p4_q <= last_p3_q;
      last_p5_q <= last_p4_q;
      last_p6_q <= last_p5_q;
      last_p7_q <= last_p6_q;
      last_p8_q <= last_p7_q;
    end
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
      valid_p8_q <= 1'd0;
    end else if (run) begin
      valid_p1_q <= active_q;
      valid_p2_q <= valid_p1_q;
      valid_p3_q <= valid_p2_q;
      valid_p4_q <= valid_p3_q;
      valid_p5_q <= valid_p4_q;
      valid_p6_q <= valid_p5_q;
      valid_p7_q <= valid_p6_q;
      valid_p8_q <= valid_p7_q;
    end
  end

  wire unused_ok = &{1'b0, rounded0_bits_sum[32:0], result0_sum1_0_q[52:51], divide_left[21],
      octave0_bits[7:0], scaled_q[34:33], scaled_q[15:0], v_axis_tlast, k_axis_tlast, q_axis_tlast};

endmodule

`default_nettype wire
