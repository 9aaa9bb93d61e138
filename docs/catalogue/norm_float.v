// nl_norm_float_64x1_hd366e3
// block     norm_float: computes LayerNorm and RMSNorm of rows as frameworks do in float
// computes  y[i] = round(((x[i] - mu) / sqrt(mean over k of (x[k] - mu)^2 + eps) gain[i] + offset[i]) / 2^shift)
// config    shift=17, else defaults
// niello    0.1.0, config 68ccb687fdd366e3
// rows      as long as their frames, in whole beats; cut after 64 of them
// norm      18 bits, 14 of them behind the point
// in  s_axis: 1 x 8 bits signed a beat, with a last mark
// out m_axis: 1 x 8 bits signed a beat, with a last mark
`default_nettype none

module nl_norm_float_64x1_hd366e3 (
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

  reg [2:0] element_rows_q;
  reg [6:0] element_used_q;
  reg [4:0] first_wait_q;
  reg [5:0] beat_q;
  reg row_counted_p1_q;
  reg row_counted_p2_q;
  reg [6:0] count_p1_q;
  reg [6:0] count_p2_q;
  reg [7:0] x0_q;
  reg row_last_sum_p1_q;
  reg [14:0] sum_so_far_q;
  reg [14:0] sum_q;
  reg [4:0] mean_step_q;
  reg [6:0] mean_divisor_q;
  reg [6:0] mean_rest_q;
  reg [16:0] mean_quotient_q;
  reg mean_ready_q;
  reg mean_up_q;
  reg [16:0] mean_floor_q;
  reg [6:0] mean_count_p1_q;
  reg [6:0] mean_count_p2_q;
  reg mean_done_p1_q;
  reg mean_done_p2_q;
  reg [16:0] mean_q;
  reg [2:0] word_rows_q;
  reg [8:0] word_used_q;
  reg [5:0] second_wait_q;
  reg element_active_q;
  reg [5:0] element_left_q;
  reg [2:0] element_pending_q;
  reg element_next_valid_q;
  reg [1:0] element_length_at_q;
  reg [1:0] element_number_at_q;
  reg [1:0] element_fetch_at_q;
  reg [6:0] element_length_q;
  reg [23:0] element_number_q;
  reg [23:0] element_number_p1_q;
  reg [23:0] element_number_p2_q;
  reg [6:0] element_wr_q;
  reg [6:0] element_rd_q;
  reg [7:0] element_beat_q;
  reg element_valid_p1_q;
  reg element_valid_p2_q;
  reg some_word_p1_q;
  reg signed [17:0] y0_q;
  reg [35:0] square0_q;
  reg last_read_p1_q;
  reg last_read_p2_q;
  reg last_read_p3_q;
  reg last_read_p4_q;
  reg [38:0] squares_so_far_q;
  reg [38:0] squares_q;
  reg row_squared_q;
  reg [6:0] count_read_p1_q;
  reg [6:0] count_read_p2_q;
  reg [6:0] count_read_p3_q;
  reg [5:0] squares_mean_step_q;
  reg [6:0] squares_mean_divisor_q;
  reg [6:0] squares_mean_rest_q;
  reg [31:0] squares_mean_quotient_q;
  reg squares_mean_ready_q;
  reg [31:0] spread_q;
  reg spread_ready_q;
  reg [4:0] root_step_q;
  reg [53:0] root_ahead_q;
  reg [26:0] root_root_q;
  reg [27:0] root_rest_q;
  reg root_ready_q;
  reg [26:0] root_held_q;
  reg root_held_ready_q;
  reg [5:0] inverse_step_q;
  reg [26:0] inverse_divisor_q;
  reg [26:0] inverse_rest_q;
  reg [33:0] inverse_quotient_q;
  reg inverse_ready_q;
  reg word_active_q;
  reg [5:0] word_left_q;
  reg [2:0] word_pending_q;
  reg word_next_valid_q;
  reg [2:0] word_length_at_q;
  reg [2:0] word_number_at_q;
  reg [2:0] word_fetch_at_q;
  reg [6:0] word_length_q;
  reg [33:0] word_number_q;
  reg [33:0] word_number_p1_q;
  reg [33:0] word_number_p2_q;
  reg [7:0] word_wr_q;
  reg [7:0] word_rd_q;
  reg [17:0] word_beat_q;
  reg word_valid_p1_q;
  reg word_valid_p2_q;
  reg signed [35:0] low0_q;
  reg signed [35:0] high0_q;
  reg signed [35:0] exact0_q;
  reg signed [35:0] nearest0_q;
  reg [17:0] norm0_q;
  reg signed [34:0] product0_q;
  reg signed [19:0] sum0_q;
  reg signed [19:0] rounded0_q;
  reg [7:0] result0_q;
  reg valid_p1_q;
  reg valid_p2_q;
  reg valid_p3_q;
  reg valid_p4_q;
  reg valid_p5_q;
  reg valid_p6_q;
  reg valid_p7_q;
  reg valid_p8_q;
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
  reg [6:0] element_lengths_q;
  reg [6:0] element_lengths [0:3];
  reg [23:0] element_numbers_q;
  reg [23:0] element_numbers [0:3];
  reg [7:0] element_ring_q;
  reg [7:0] element_ring [0:90];
  reg [6:0] word_lengths_q;
  reg [6:0] word_lengths [0:4];
  reg [33:0] word_numbers_q;
  reg [33:0] word_numbers [0:4];
  reg [17:0] word_ring_q;
  reg [17:0] word_ring [0:255];

  // rows as they come: elements wait for their row's first number
  wire [2:0] element_rows_up = element_rows_q + 3'd1;
  wire [2:0] element_rows_down = element_rows_q - 3'd1;
  wire [6:0] element_used_up = element_used_q + 7'd1;
  wire [6:0] element_used_down = element_used_q - 7'd1;
  wire row_last = s_axis_tlast | (beat_q == 6'd63);
  wire first_wait_busy = |first_wait_q;
  wire s_axis_ready = (element_used_q != 7'd91) & ~(row_last & (first_wait_busy | (element_rows_q == 3'd4)));
  wire s_axis_fire = s_axis_tvalid & s_axis_ready;
  wire row = s_axis_fire & row_last;
  wire row_taken = row;
  wire [4:0] first_wait_less = first_wait_q - 5'd1;
  wire [5:0] beat_next = beat_q + 6'd1;
  wire [6:0] element_lengths_cat = {s_axis_tlast, beat_q};

  // how many there are of a row
  wire [6:0] count_p1_d = {1'd0, element_lengths_cat[5:0]} + 7'd1;

  // the row's sum
  wire [15:0] sum_now = {1'd0, sum_so_far_q} + {8'd0, x0_q};
  wire [14:0] sum_d = sum_now[14:0];

  // the mean: the sum over the count, rounded
  wire [23:0] mean_quotient_cat = {sum_q, 9'd0};
  wire mean_busy = |mean_step_q;
  wire [4:0] mean_step_less = mean_step_q - 5'd1;
  wire [7:0] mean_twice = {mean_rest_q, mean_quotient_q[16]};
  wire signed [8:0] mean_left = {1'd0, mean_twice} - {1'd0, {1'd0, mean_divisor_q}};
  wire mean_goes = ~mean_left[8];
  wire [7:0] mean_twice_rest = {mean_rest_q, 1'd0};
  wire [7:0] mean_up_ext = {1'd0, mean_divisor_q};
  wire [16:0] mean_rounded = mean_floor_q + {16'd0, mean_up_q};

  // elements again, with that number: words wait for their row's second one
  wire [2:0] word_rows_up = word_rows_q + 3'd1;
  wire [2:0] word_rows_down = word_rows_q - 3'd1;
  wire [8:0] word_used_up = word_used_q + 9'd1;
  wire [8:0] word_used_down = word_used_q - 9'd1;
  wire second_wait_busy = |second_wait_q;
  wire [5:0] second_wait_less = second_wait_q - 6'd1;
  wire element_more = |element_left_q;
  wire element_ends = ~element_more;
  wire element_run = (word_used_q != 9'd256) & ~(element_ends & (second_wait_busy | (word_rows_q == 3'd5)));
  wire element_issue = element_run & element_active_q;
  wire row_read = element_issue & element_ends;
  wire [2:0] element_pending_up = element_pending_q + 3'd1;
  wire [2:0] element_pending_down = element_pending_q - 3'd1;
  wire element_load = element_next_valid_q & (~element_active_q | (element_issue & element_ends));
  wire element_fetch = (|element_pending_q) & (~element_next_valid_q | element_load);
  wire [1:0] element_length_at_inc = element_length_at_q + 2'd1;
  wire [1:0] element_number_at_inc = element_number_at_q + 2'd1;
  wire [1:0] element_fetch_at_inc = element_fetch_at_q + 2'd1;
  wire [5:0] element_left_less = element_left_q - 6'd1;
  wire element_wr_last = element_wr_q == 7'd90;
  wire [6:0] element_wr_inc = element_wr_q + 7'd1;
  wire element_rd_last = element_rd_q == 7'd90;
  wire [6:0] element_rd_inc = element_rd_q + 7'd1;
  wire [16:0] apart0_bits = element_number_p2_q[23:7];

  // distances from the middle, and the sum of their squares
  wire signed [16:0] apart0_cat = {element_beat_q, 9'd0};
  wire signed [17:0] apart0 = {apart0_cat[16], apart0_cat} - {apart0_bits[16], apart0_bits};
  wire signed [35:0] square0_prod = $signed({{18{y0_q[17]}}, y0_q}) * $signed({{18{y0_q[17]}}, y0_q});
  wire [39:0] squares_now = {1'd0, squares_so_far_q} + {4'd0, square0_q};
  wire [38:0] squares_d = squares_now[38:0];

  // the mean of squares
  wire squares_mean_busy = |squares_mean_step_q;
  wire [5:0] squares_mean_step_less = squares_mean_step_q - 6'd1;
  wire [7:0] squares_mean_twice = {squares_mean_rest_q, squares_mean_quotient_q[31]};
  wire signed [8:0] squares_mean_left = {1'd0, squares_mean_twice} - {1'd0, {1'd0, squares_mean_divisor_q}};
  wire squares_mean_goes = ~squares_mean_left[8];

  // its root
  wire root_busy = |root_step_q;
  wire [4:0] root_step_less = root_step_q - 5'd1;
  wire [29:0] root_four = {root_rest_q, root_ahead_q[53:52]};
  wire [28:0] root_trial = {root_root_q, 2'd1};
  wire signed [30:0] root_left = {1'd0, root_four} - {1'd0, {1'd0, root_trial}};
  wire root_goes = ~root_left[30];

  // the inverse of the root
  wire inverse_busy = |inverse_step_q;
  wire [5:0] inverse_step_less = inverse_step_q - 6'd1;
  wire [27:0] inverse_twice = {inverse_rest_q, 1'd0};
  wire signed [28:0] inverse_left = {1'd0, inverse_twice} - {1'd0, {1'd0, inverse_divisor_q}};
  wire inverse_goes = ~inverse_left[28];

  // words again, with that number: results
  wire word_more = |word_left_q;
  wire word_ends = ~word_more;
  wire word_run = ~valid_p8_q | m_axis_tready;
  wire word_issue = word_run & word_active_q;
  wire [2:0] word_pending_up = word_pending_q + 3'd1;
  wire [2:0] word_pending_down = word_pending_q - 3'd1;
  wire word_load = word_next_valid_q & (~word_active_q | (word_issue & word_ends));
  wire word_fetch = (|word_pending_q) & (~word_next_valid_q | word_load);
  wire word_length_at_last = word_length_at_q == 3'd4;
  wire [2:0] word_length_at_inc = word_length_at_q + 3'd1;
  wire word_number_at_last = word_number_at_q == 3'd4;
  wire [2:0] word_number_at_inc = word_number_at_q + 3'd1;
  wire word_fetch_at_last = word_fetch_at_q == 3'd4;
  wire [2:0] word_fetch_at_inc = word_fetch_at_q + 3'd1;
  wire [5:0] word_left_less = word_left_q - 6'd1;
  wire [7:0] word_wr_inc = word_wr_q + 8'd1;
  wire [7:0] word_rd_inc = word_rd_q + 8'd1;
  wire [17:0] low0_ext = {1'd0, word_number_p2_q[16:0]};
  wire signed [35:0] low0_d = $signed({{18{word_beat_q[17]}}, word_beat_q}) * $signed({{18{low0_ext[17]}},
      low0_ext});
  wire [17:0] high0_ext = {1'd0, word_number_p2_q[33:17]};
  wire signed [35:0] high0_d = $signed({{18{word_beat_q[17]}}, word_beat_q}) * $signed({{18{high0_ext[17]}},
      high0_ext});
  wire [18:0] upper0_bits = low0_q[35:17];
  wire signed [36:0] upper0 = {high0_q[35], high0_q} + {{18{upper0_bits[18]}}, upper0_bits};
  wire [53:0] exact0_cat = {upper0, low0_q[16:0]};
  wire [34:0] nearest0_bits = exact0_q[35:1];
  wire [1:0] nearest0_cat = {1'd0, exact0_q[0]};
  wire signed [35:0] nearest0_d = {nearest0_bits[34], nearest0_bits} + {{34{nearest0_cat[1]}}, nearest0_cat};
  wire norm0_most = ~nearest0_q[35];
  wire [18:0] norm0_bits = nearest0_q[35:17];
  wire signed [34:0] product0_d = $signed({{17{norm0_q[17]}}, norm0_q}) * $signed(35'h8000);
  wire signed [35:0] sum0_ext = {product0_q[34], product0_q};
  wire [18:0] rounded0_bits = sum0_q[19:1];
  wire [1:0] rounded0_cat = {1'd0, sum0_q[0]};
  wire signed [19:0] rounded0_d = {rounded0_bits[18], rounded0_bits} + {{18{rounded0_cat[1]}}, rounded0_cat};
  wire result0_most = ~rounded0_q[19];
  wire [12:0] result0_bits = rounded0_q[19:7];

  // elements again, with that number: words wait for their row's second one
  always @(posedge clk) if (row) begin
    element_lengths[element_length_at_q] <= element_lengths_cat;
  end
  always @(posedge clk) if (element_fetch) begin
    element_lengths_q <= element_lengths[element_fetch_at_q];
  end

  // elements again, with that number: words wait for their row's second one
  always @(posedge clk) if (mean_done_p2_q) begin
    element_numbers[element_number_at_q] <= {mean_q, mean_count_p2_q};
  end
  always @(posedge clk) if (element_fetch) begin
    element_numbers_q <= element_numbers[element_fetch_at_q];
  end

  // elements again, with that number: words wait for their row's second one
  always @(posedge clk) if (s_axis_fire) begin
    element_ring[element_wr_q] <= s_axis_tdata;
  end
  always @(posedge clk) if (element_issue) begin
    element_ring_q <= element_ring[element_rd_q];
  end

  // words again, with that number: results
  always @(posedge clk) if (row_read) begin
    word_lengths[word_length_at_q] <= element_length_q;
  end
  always @(posedge clk) if (word_fetch) begin
    word_lengths_q <= word_lengths[word_fetch_at_q];
  end

  // words again, with that number: results
  always @(posedge clk) if (inverse_ready_q) begin
    word_numbers[word_number_at_q] <= inverse_quotient_q;
  end
  always @(posedge clk) if (word_fetch) begin
    word_numbers_q <= word_numbers[word_fetch_at_q];
  end

  // words again, with that number: results
  always @(posedge clk) if (some_word_p1_q) begin
    word_ring[word_wr_q] <= y0_q;
  end
  always @(posedge clk) if (word_issue) begin
    word_ring_q <= word_ring[word_rd_q];
  end

  assign s_axis_tready = s_axis_ready;
  assign m_axis_tdata = result0_q;
  assign m_axis_tvalid = valid_p8_q;
  assign m_axis_tlast = end_p10_q;

  // rows as they come: elements wait for their row's first number
  always @(posedge clk) begin
    if (rst) begin
      element_rows_q <= 3'd0;
    end else if (row ^ element_load) begin
      element_rows_q <= row ? element_rows_up : element_rows_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      element_used_q <= 7'd0;
    end else if (s_axis_fire ^ element_issue) begin
      element_used_q <= s_axis_fire ? element_used_up : element_used_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      first_wait_q <= 5'd0;
    end else begin
      first_wait_q <= row_taken ? 5'd17 : (first_wait_busy ? first_wait_less : 5'd0);
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      beat_q <= 6'd0;
    end else if (s_axis_fire) begin
      beat_q <= row_last ? 6'd0 : beat_next;
    end
  end

  // how many there are of a row
  always @(posedge clk) begin
    if (rst) begin
      row_counted_p1_q <= 1'd0;
      row_counted_p2_q <= 1'd0;
    end else begin
      row_counted_p1_q <= row;
      row_counted_p2_q <= row_counted_p1_q;
    end
  end

  always @(posedge clk) begin
    count_p1_q <= count_p1_d;
    count_p2_q <= count_p1_q;
  end

  // the row's sum
  always @(posedge clk) begin
    if (rst) begin
      x0_q <= 8'd0;
      row_last_sum_p1_q <= 1'd0;
      sum_so_far_q <= 15'd0;
    end else begin
      x0_q <= s_axis_fire ? {~s_axis_tdata[7], s_axis_tdata[6:0]} : 8'd0;
      row_last_sum_p1_q <= row;
      sum_so_far_q <= row_last_sum_p1_q ? 15'd0 : sum_d;
    end
  end

  always @(posedge clk) begin
    sum_q <= sum_d;
  end

  // the mean: the sum over the count, rounded
  always @(posedge clk) begin
    if (rst) begin
      mean_step_q <= 5'd0;
    end else if (row_counted_p2_q | mean_busy) begin
      mean_step_q <= row_counted_p2_q ? 5'd17 : mean_step_less;
    end
  end

  always @(posedge clk) begin
    if (row_counted_p2_q) begin
      mean_divisor_q <= count_p2_q;
    end
  end

  always @(posedge clk) begin
    if (row_counted_p2_q | mean_busy) begin
      mean_rest_q <= row_counted_p2_q ? mean_quotient_cat[23:17] : (mean_goes ? mean_left[6:0] :
      mean_twice[6:0]);
    end
  end

  always @(posedge clk) begin
    if (row_counted_p2_q | mean_busy) begin
      mean_quotient_q <= row_counted_p2_q ? mean_quotient_cat[16:0] : {mean_quotient_q[15:0], mean_goes};
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      mean_ready_q <= 1'd0;
      mean_done_p1_q <= 1'd0;
      mean_done_p2_q <= 1'd0;
    end else begin
      mean_ready_q <= mean_step_q == 5'd1;
      mean_done_p1_q <= mean_ready_q;
      mean_done_p2_q <= mean_done_p1_q;
    end
  end

  always @(posedge clk) begin
    mean_up_q <= (mean_up_ext < mean_twice_rest) | ((mean_twice_rest == mean_up_ext) & mean_quotient_q[0]);
    mean_floor_q <= mean_quotient_q;
    mean_count_p1_q <= mean_divisor_q;
    mean_count_p2_q <= mean_count_p1_q;
    mean_q <= {~mean_rounded[16], mean_rounded[15:0]};
  end

  // elements again, with that number: words wait for their row's second one
  always @(posedge clk) begin
    if (rst) begin
      word_rows_q <= 3'd0;
    end else if (row_read ^ word_load) begin
      word_rows_q <= row_read ? word_rows_up : word_rows_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      word_used_q <= 9'd0;
    end else if (element_issue ^ word_issue) begin
      word_used_q <= element_issue ? word_used_up : word_used_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      second_wait_q <= 6'd0;
      element_valid_p1_q <= 1'd0;
      element_valid_p2_q <= 1'd0;
    end else begin
      second_wait_q <= row_read ? 6'd34 : (second_wait_busy ? second_wait_less : 6'd0);
      element_valid_p1_q <= element_issue;
      element_valid_p2_q <= element_valid_p1_q;
    end
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
      element_left_q <= element_load ? element_lengths_q[5:0] : element_left_less;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      element_pending_q <= 3'd0;
    end else if (mean_done_p2_q ^ element_fetch) begin
      element_pending_q <= mean_done_p2_q ? element_pending_up : element_pending_down;
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
    end else if (row) begin
      element_length_at_q <= element_length_at_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      element_number_at_q <= 2'd0;
    end else if (mean_done_p2_q) begin
      element_number_at_q <= element_number_at_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      element_fetch_at_q <= 2'd0;
    end else if (element_fetch) begin
      element_fetch_at_q <= element_fetch_at_inc;
    end
  end

  always @(posedge clk) begin
    if (element_load) begin
      element_length_q <= element_lengths_q;
      element_number_q <= element_numbers_q;
    end
  end

  always @(posedge clk) begin
    element_number_p1_q <= element_number_q;
    element_number_p2_q <= element_number_p1_q;
    element_beat_q <= element_ring_q;
  end

  always @(posedge clk) begin
    if (rst) begin
      element_wr_q <= 7'd0;
    end else if (s_axis_fire) begin
      element_wr_q <= element_wr_last ? 7'd0 : element_wr_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      element_rd_q <= 7'd0;
    end else if (element_issue) begin
      element_rd_q <= element_rd_last ? 7'd0 : element_rd_inc;
    end
  end

  // distances from the middle, and the sum of their squares
  always @(posedge clk) begin
    if (rst) begin
      some_word_p1_q <= 1'd0;
      square0_q <= 36'h0;
      last_read_p1_q <= 1'd0;
      last_read_p2_q <= 1'd0;
      last_read_p3_q <= 1'd0;
      last_read_p4_q <= 1'd0;
      squares_so_far_q <= 39'h0;
      row_squared_q <= 1'd0;
    end else begin
      some_word_p1_q <= element_valid_p2_q;
      square0_q <= some_word_p1_q ? square0_prod : 36'h0;
      last_read_p1_q <= row_read;
      last_read_p2_q <= last_read_p1_q;
      last_read_p3_q <= last_read_p2_q;
      last_read_p4_q <= last_read_p3_q;
      squares_so_far_q <= last_read_p4_q ? 39'h0 : squares_d;
      row_squared_q <= last_read_p4_q;
    end
  end

  always @(posedge clk) begin
    y0_q <= apart0;
    squares_q <= squares_d;
    count_read_p1_q <= element_number_p2_q[6:0];
    count_read_p2_q <= count_read_p1_q;
    count_read_p3_q <= count_read_p2_q;
  end

  // the mean of squares
  always @(posedge clk) begin
    if (rst) begin
      squares_mean_step_q <= 6'd0;
    end else if (row_squared_q | squares_mean_busy) begin
      squares_mean_step_q <= row_squared_q ? 6'd32 : squares_mean_step_less;
    end
  end

  always @(posedge clk) begin
    if (row_squared_q) begin
      squares_mean_divisor_q <= count_read_p3_q;
    end
  end

  always @(posedge clk) begin
    if (row_squared_q | squares_mean_busy) begin
      squares_mean_rest_q <= row_squared_q ? squares_q[38:32] : (squares_mean_goes ? squares_mean_left[6:0] :
      squares_mean_twice[6:0]);
    end
  end

  always @(posedge clk) begin
    if (row_squared_q | squares_mean_busy) begin
      squares_mean_quotient_q <= row_squared_q ? squares_q[31:0] : {squares_mean_quotient_q[30:0],
      squares_mean_goes};
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      squares_mean_ready_q <= 1'd0;
      spread_ready_q <= 1'd0;
    end else begin
      squares_mean_ready_q <= squares_mean_step_q == 6'd1;
      spread_ready_q <= squares_mean_ready_q;
    end
  end

  always @(posedge clk) begin
    spread_q <= squares_mean_quotient_q;
  end

  // its root
  always @(posedge clk) begin
    if (rst) begin
      root_step_q <= 5'd0;
    end else if (spread_ready_q | root_busy) begin
      root_step_q <= spread_ready_q ? 5'd27 : root_step_less;
    end
  end

  always @(posedge clk) begin
    if (spread_ready_q | root_busy) begin
      root_ahead_q <= spread_ready_q ? {spread_q, 22'h0} : {root_ahead_q[51:0], 2'd0};
    end
  end

  always @(posedge clk) begin
    if (spread_ready_q | root_busy) begin
      root_root_q <= spread_ready_q ? 27'h0 : {root_root_q[25:0], root_goes};
    end
  end

  always @(posedge clk) begin
    if (spread_ready_q | root_busy) begin
      root_rest_q <= spread_ready_q ? 28'h0 : (root_goes ? root_left[27:0] : root_four[27:0]);
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      root_ready_q <= 1'd0;
    end else begin
      root_ready_q <= root_step_q == 5'd1;
    end
  end

  // the inverse of the root
  always @(posedge clk) begin
    root_held_q <= root_root_q;
  end

  always @(posedge clk) begin
    if (rst) begin
      root_held_ready_q <= 1'd0;
      inverse_ready_q <= 1'd0;
    end else begin
      root_held_ready_q <= root_ready_q;
      inverse_ready_q <= inverse_step_q == 6'd1;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      inverse_step_q <= 6'd0;
    end else if (root_held_ready_q | inverse_busy) begin
      inverse_step_q <= root_held_ready_q ? 6'd34 : inverse_step_less;
    end
  end

  always @(posedge clk) begin
    if (root_held_ready_q) begin
      inverse_divisor_q <= root_held_q;
    end
  end

  always @(posedge clk) begin
    if (root_held_ready_q | inverse_busy) begin
      inverse_rest_q <= root_held_ready_q ? 27'h400 : (inverse_goes ? inverse_left[26:0] : inverse_twice[26:0]);
    end
  end

  always @(posedge clk) begin
    if (inverse_busy) begin
      inverse_quotient_q <= {inverse_quotient_q[32:0], inverse_goes};
    end
  end

  // words again, with that number: results
  always @(posedge clk) begin
    if (rst) begin
      word_active_q <= 1'd0;
    end else if (word_load | word_issue) begin
      word_active_q <= word_load | word_more;
    end
  end

  always @(posedge clk) begin
    if (word_load | word_issue) begin
      word_left_q <= word_load ? word_lengths_q[5:0] : word_left_less;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      word_pending_q <= 3'd0;
    end else if (inverse_ready_q ^ word_fetch) begin
      word_pending_q <= inverse_ready_q ? word_pending_up : word_pending_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      word_next_valid_q <= 1'd0;
    end else if (word_fetch | word_load) begin
      word_next_valid_q <= word_fetch;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      word_length_at_q <= 3'd0;
    end else if (row_read) begin
      word_length_at_q <= word_length_at_last ? 3'd0 : word_length_at_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      word_number_at_q <= 3'd0;
    end else if (inverse_ready_q) begin
      word_number_at_q <= word_number_at_last ? 3'd0 : word_number_at_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      word_fetch_at_q <= 3'd0;
    end else if (word_fetch) begin
      word_fetch_at_q <= word_fetch_at_last ? 3'd0 : word_fetch_at_inc;
    end
  end

  always @(posedge clk) begin
    if (word_load) begin
      word_length_q <= word_lengths_q;
      word_number_q <= word_numbers_q;
    end
  end

  always @(posedge clk) begin
    if (word_run) begin
      word_number_p1_q <= word_number_q;
      word_number_p2_q <= word_number_p1_q;
      word_beat_q <= word_ring_q;
      low0_q <= low0_d;
      high0_q <= high0_d;
      exact0_q <= exact0_cat[53:18];
      nearest0_q <= nearest0_d;
      norm0_q <= ((|norm0_bits) & ~(&norm0_bits)) ? {nearest0_q[35], {norm0_most, norm0_most, norm0_most,
      norm0_most, norm0_most, norm0_most, norm0_most, norm0_most, norm0_most, norm0_most, norm0_most,
      norm0_most, norm0_most, norm0_most, norm0_most, norm0_most, norm0_most}} : nearest0_q[17:0];
      product0_q <= product0_d;
      sum0_q <= sum0_ext[35:16];
      rounded0_q <= rounded0_d;
      result0_q <= ((|result0_bits) & ~(&result0_bits)) ? {rounded0_q[19], {result0_most, result0_most,
      result0_most, result0_most, result0_most, result0_most, result0_most}} : rounded0_q[7:0];
      end_p1_q <= (word_issue & word_ends) & word_length_q[6];
      end_p2_q <= end_p1_q;
      end_p3_q <= end_p2_q;
      end_p4_q <= end_p3_q;
      end_p5_q <= end_p4_q;
      end_p6_q <= end_p5_q;
      end_p7_q <= end_p6_q;
      end_p8_q <= end_p7_q;
      end_p9_q <= end_p8_q;
      end_p10_q <= end_p9_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      word_wr_q <= 8'd0;
    end else if (some_word_p1_q) begin
      word_wr_q <= word_wr_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      word_rd_q <= 8'd0;
    end else if (word_issue) begin
      word_rd_q <= word_rd_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      word_valid_p1_q <= 1'd0;
      word_valid_p2_q <= 1'd0;
      valid_p1_q <= 1'd0;
      valid_p2_q <= 1'd0;
      valid_p3_q <= 1'd0;
      valid_p4_q <= 1'd0;
      valid_p5_q <= 1'd0;
      valid_p6_q <= 1'd0;
      valid_p7_q <= 1'd0;
      valid_p8_q <= 1'd0;
    end else if (word_run) begin
      word_valid_p1_q <= word_active_q;
      word_valid_p2_q <= word_valid_p1_q;
      valid_p1_q <= word_valid_p2_q;
      valid_p2_q <= valid_p1_q;
      valid_p3_q <= valid_p2_q;
      valid_p4_q <= valid_p3_q;
      valid_p5_q <= valid_p4_q;
      valid_p6_q <= valid_p5_q;
      valid_p7_q <= valid_p6_q;
      valid_p8_q <= valid_p7_q;
    end
  end

  wire unused_ok = &{1'b0, sum0_ext[15:0], exact0_cat[17:0], word_length_q[5:0], inverse_left[27],
      root_left[29:28], squares_mean_left[7], squares_now[39], mean_left[7], sum_now[15]};

endmodule

`default_nettype wire
