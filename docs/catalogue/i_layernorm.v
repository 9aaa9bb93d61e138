// nl_i_layernorm_64x1_h8ba425
// block     i_layernorm: computes the integer layer norms of I-ViT and I-BERT
// computes  z[i] = ((x[i] - mu) floor(K / sqrt(sum over k of (x[k] - mu)^2)) >> 1) + bias[i], mu = mean x
// config    defaults
// niello    0.1.0, config 4b044e4c858ba425
// rows      as long as their frames, in whole beats; cut after 64 of them
// root      297 cycles a row, with the last division
// in  s_axis: 1 x 16 bits signed a beat, with a last mark
// out m_axis: 1 x 32 bits signed a beat, with a last mark
`default_nettype none

module nl_i_layernorm_64x1_h8ba425 (
  input  wire clk,
  input  wire rst,
  input  wire [15:0] s_axis_tdata,
  input  wire s_axis_tvalid,
  input  wire s_axis_tlast,
  output wire s_axis_tready,
  output wire [31:0] m_axis_tdata,
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
  reg [15:0] x0_q;
  reg row_last_sum_p1_q;
  reg [22:0] sum_so_far_q;
  reg [22:0] sum_q;
  reg [4:0] mean_step_q;
  reg [6:0] mean_divisor_q;
  reg [6:0] mean_rest_q;
  reg [15:0] mean_quotient_q;
  reg mean_ready_q;
  reg mean_up_q;
  reg [15:0] mean_floor_q;
  reg mean_done_p1_q;
  reg mean_done_p2_q;
  reg [15:0] mean_q;
  reg [1:0] word_rows_q;
  reg [8:0] second_wait_q;
  reg element_active_q;
  reg [5:0] element_left_q;
  reg [2:0] element_pending_q;
  reg element_next_valid_q;
  reg [1:0] element_length_at_q;
  reg [1:0] element_number_at_q;
  reg [1:0] element_fetch_at_q;
  reg [6:0] element_length_q;
  reg [15:0] element_number_q;
  reg [15:0] element_number_p1_q;
  reg [15:0] element_number_p2_q;
  reg [6:0] element_wr_q;
  reg [6:0] element_rd_q;
  reg [15:0] element_beat_q;
  reg element_valid_p1_q;
  reg element_valid_p2_q;
  reg some_word_p1_q;
  reg signed [16:0] y0_q;
  reg [33:0] square0_q;
  reg last_read_p1_q;
  reg last_read_p2_q;
  reg last_read_p3_q;
  reg last_read_p4_q;
  reg [38:0] squares_so_far_q;
  reg [38:0] squares_q;
  reg row_squared_q;
  reg [3:0] turns_q;
  reg [21:0] k_q;
  reg [38:0] v_q;
  reg division_start_q;
  reg [4:0] division_step_q;
  reg [21:0] division_divisor_q;
  reg [21:0] division_rest_q;
  reg [24:0] division_quotient_q;
  reg division_ready_q;
  reg word_active_q;
  reg [5:0] word_left_q;
  reg [1:0] word_pending_q;
  reg word_next_valid_q;
  reg [1:0] word_length_at_q;
  reg [1:0] word_number_at_q;
  reg [1:0] word_fetch_at_q;
  reg [6:0] word_length_q;
  reg [24:0] word_number_q;
  reg [24:0] word_number_p1_q;
  reg [24:0] word_number_p2_q;
  reg [8:0] word_wr_q;
  reg [8:0] word_rd_q;
  reg [16:0] word_beat_q;
  reg word_valid_p1_q;
  reg word_valid_p2_q;
  reg signed [34:0] low0_q;
  reg signed [25:0] high0_q;
  reg signed [31:0] z0_q;
  reg valid_p1_q;
  reg valid_p2_q;
  reg end_p1_q;
  reg end_p2_q;
  reg end_p3_q;
  reg end_p4_q;
  reg [6:0] element_lengths_q;
  reg [6:0] element_lengths [0:3];
  reg [15:0] element_numbers_q;
  reg [15:0] element_numbers [0:3];
  reg [15:0] element_ring_q;
  reg [15:0] element_ring [0:89];
  reg [6:0] word_lengths_q;
  reg [6:0] word_lengths [0:2];
  reg [24:0] word_numbers_q;
  reg [24:0] word_numbers [0:2];
  reg [16:0] word_ring_q;
  reg [16:0] word_ring [0:511];

  // rows as they come: elements wait for their row's first number
  wire [2:0] element_rows_up = element_rows_q + 3'd1;
  wire [2:0] element_rows_down = element_rows_q - 3'd1;
  wire [6:0] element_used_up = element_used_q + 7'd1;
  wire [6:0] element_used_down = element_used_q - 7'd1;
  wire row_last = s_axis_tlast | (beat_q == 6'd63);
  wire first_wait_busy = |first_wait_q;
  wire s_axis_ready = (element_used_q != 7'd90) & ~(row_last & (first_wait_busy | (element_rows_q == 3'd4)));
  wire s_axis_fire = s_axis_tvalid & s_axis_ready;
  wire row = s_axis_fire & row_last;
  wire row_taken = row;
  wire [4:0] first_wait_less = first_wait_q - 5'd1;
  wire [5:0] beat_next = beat_q + 6'd1;
  wire [6:0] element_lengths_cat = {s_axis_tlast, beat_q};

  // how many there are of a row
  wire [6:0] count_p1_d = {1'd0, element_lengths_cat[5:0]} + 7'd1;

  // the row's sum
  wire [23:0] sum_now = {1'd0, sum_so_far_q} + {8'd0, x0_q};
  wire [22:0] sum_d = sum_now[22:0];

  // the mean: the sum over the count, rounded
  wire mean_busy = |mean_step_q;
  wire [4:0] mean_step_less = mean_step_q - 5'd1;
  wire [7:0] mean_twice = {mean_rest_q, mean_quotient_q[15]};
  wire signed [8:0] mean_left = {1'd0, mean_twice} - {1'd0, {1'd0, mean_divisor_q}};
  wire mean_goes = ~mean_left[8];
  wire [7:0] mean_twice_rest = {mean_rest_q, 1'd0};
  wire [7:0] mean_up_ext = {1'd0, mean_divisor_q};
  wire [15:0] mean_rounded = mean_floor_q + {15'd0, mean_up_q};

  // elements again, with that number: words wait for their row's second one
  wire [1:0] word_rows_up = word_rows_q + 2'd1;
  wire [1:0] word_rows_down = word_rows_q - 2'd1;
  wire second_wait_busy = |second_wait_q;
  wire [8:0] second_wait_less = second_wait_q - 9'd1;
  wire element_more = |element_left_q;
  wire element_ends = ~element_more;
  wire element_run = ~(element_ends & (second_wait_busy | (word_rows_q == 2'd3)));
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
  wire element_wr_last = element_wr_q == 7'd89;
  wire [6:0] element_wr_inc = element_wr_q + 7'd1;
  wire element_rd_last = element_rd_q == 7'd89;
  wire [6:0] element_rd_inc = element_rd_q + 7'd1;

  // distances from the middle, and the sum of their squares
  wire signed [16:0] apart0 = {element_beat_q[15], element_beat_q} - {element_number_p2_q[15],
      element_number_p2_q};
  wire signed [33:0] square0_prod = $signed({{17{y0_q[16]}}, y0_q}) * $signed({{17{y0_q[16]}}, y0_q});
  wire [39:0] squares_now = {1'd0, squares_so_far_q} + {6'd0, square0_q};
  wire [38:0] squares_d = squares_now[38:0];

  // Newton's steps to the root, k = (k + v / k) / 2, and the last division by it
  wire more_turns = |turns_q;
  wire again = division_ready_q & more_turns;
  wire division_busy = |division_step_q;
  wire [4:0] division_step_less = division_step_q - 5'd1;
  wire [22:0] division_twice = {division_rest_q, division_quotient_q[24]};
  wire signed [23:0] division_left = {1'd0, division_twice} - {1'd0, {1'd0, division_divisor_q}};
  wire division_goes = ~division_left[23];
  wire [25:0] half_sum = {4'd0, k_q} + {1'd0, division_quotient_q};
  wire [21:0] half = half_sum[22:1];
  wire [3:0] fewer_turns = turns_q - 4'd1;
  wire factor_ready = division_ready_q & ~more_turns;

  // words again, with that number: results
  wire word_more = |word_left_q;
  wire word_ends = ~word_more;
  wire word_run = ~valid_p2_q | m_axis_tready;
  wire word_issue = word_run & word_active_q;
  wire [1:0] word_pending_up = word_pending_q + 2'd1;
  wire [1:0] word_pending_down = word_pending_q - 2'd1;
  wire word_load = word_next_valid_q & (~word_active_q | (word_issue & word_ends));
  wire word_fetch = (|word_pending_q) & (~word_next_valid_q | word_load);
  wire word_length_at_last = word_length_at_q == 2'd2;
  wire [1:0] word_length_at_inc = word_length_at_q + 2'd1;
  wire word_number_at_last = word_number_at_q == 2'd2;
  wire [1:0] word_number_at_inc = word_number_at_q + 2'd1;
  wire word_fetch_at_last = word_fetch_at_q == 2'd2;
  wire [1:0] word_fetch_at_inc = word_fetch_at_q + 2'd1;
  wire [5:0] word_left_less = word_left_q - 6'd1;
  wire [8:0] word_wr_inc = word_wr_q + 9'd1;
  wire [8:0] word_rd_inc = word_rd_q + 9'd1;
  wire [17:0] low0_ext = {1'd0, word_number_p2_q[16:0]};
  wire signed [34:0] low0_d = $signed({{18{word_beat_q[16]}}, word_beat_q}) * $signed({{17{low0_ext[17]}},
      low0_ext});
  wire [8:0] high0_ext = {1'd0, word_number_p2_q[24:17]};
  wire signed [25:0] high0_d = $signed({{9{word_beat_q[16]}}, word_beat_q}) * $signed({{17{high0_ext[8]}},
      high0_ext});
  wire [17:0] upper0_bits = low0_q[34:17];
  wire signed [26:0] upper0 = {high0_q[25], high0_q} + {{9{upper0_bits[17]}}, upper0_bits};
  wire [43:0] z0_cat = {upper0, low0_q[16:0]};

  // elements again, with that number: words wait for their row's second one
  always @(posedge clk) if (row) begin
    element_lengths[element_length_at_q] <= element_lengths_cat;
  end
  always @(posedge clk) if (element_fetch) begin
    element_lengths_q <= element_lengths[element_fetch_at_q];
  end

  // elements again, with that number: words wait for their row's second one
  always @(posedge clk) if (mean_done_p2_q) begin
    element_numbers[element_number_at_q] <= mean_q;
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
  always @(posedge clk) if (factor_ready) begin
    word_numbers[word_number_at_q] <= division_quotient_q;
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
  assign m_axis_tdata = z0_q;
  assign m_axis_tvalid = valid_p2_q;
  assign m_axis_tlast = end_p4_q;

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
      first_wait_q <= row_taken ? 5'd16 : (first_wait_busy ? first_wait_less : 5'd0);
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
      x0_q <= 16'd0;
      row_last_sum_p1_q <= 1'd0;
      sum_so_far_q <= 23'h0;
    end else begin
      x0_q <= s_axis_fire ? {~s_axis_tdata[15], s_axis_tdata[14:0]} : 16'd0;
      row_last_sum_p1_q <= row;
      sum_so_far_q <= row_last_sum_p1_q ? 23'h0 : sum_d;
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
      mean_step_q <= row_counted_p2_q ? 5'd16 : mean_step_less;
    end
  end

  always @(posedge clk) begin
    if (row_counted_p2_q) begin
      mean_divisor_q <= count_p2_q;
    end
  end

  always @(posedge clk) begin
    if (row_counted_p2_q | mean_busy) begin
      mean_rest_q <= row_counted_p2_q ? sum_q[22:16] : (mean_goes ? mean_left[6:0] : mean_twice[6:0]);
    end
  end

  always @(posedge clk) begin
    if (row_counted_p2_q | mean_busy) begin
      mean_quotient_q <= row_counted_p2_q ? sum_q[15:0] : {mean_quotient_q[14:0], mean_goes};
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
    mean_q <= {~mean_rounded[15], mean_rounded[14:0]};
  end

  // elements again, with that number: words wait for their row's second one
  always @(posedge clk) begin
    if (rst) begin
      word_rows_q <= 2'd0;
    end else if (row_read ^ word_load) begin
      word_rows_q <= row_read ? word_rows_up : word_rows_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      second_wait_q <= 9'd0;
      element_valid_p1_q <= 1'd0;
      element_valid_p2_q <= 1'd0;
    end else begin
      second_wait_q <= row_read ? 9'd296 : (second_wait_busy ? second_wait_less : 9'd0);
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
      square0_q <= 34'h0;
      last_read_p1_q <= 1'd0;
      last_read_p2_q <= 1'd0;
      last_read_p3_q <= 1'd0;
      last_read_p4_q <= 1'd0;
      squares_so_far_q <= 39'h0;
      row_squared_q <= 1'd0;
    end else begin
      some_word_p1_q <= element_valid_p2_q;
      square0_q <= some_word_p1_q ? square0_prod : 34'h0;
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
  end

  // Newton's steps to the root, k = (k + v / k) / 2, and the last division by it
  always @(posedge clk) begin
    if (rst) begin
      turns_q <= 4'd0;
    end else if (row_squared_q | again) begin
      turns_q <= row_squared_q ? 4'd10 : fewer_turns;
    end
  end

  always @(posedge clk) begin
    if (row_squared_q | again) begin
      k_q <= row_squared_q ? 22'h10000 : ((|half) ? half : 22'h1);
    end
  end

  always @(posedge clk) begin
    if (row_squared_q) begin
      v_q <= squares_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      division_start_q <= 1'd0;
      division_ready_q <= 1'd0;
    end else begin
      division_start_q <= row_squared_q | again;
      division_ready_q <= division_step_q == 5'd1;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      division_step_q <= 5'd0;
    end else if (division_start_q | division_busy) begin
      division_step_q <= division_start_q ? 5'd25 : division_step_less;
    end
  end

  always @(posedge clk) begin
    if (division_start_q) begin
      division_divisor_q <= k_q;
    end
  end

  always @(posedge clk) begin
    if (division_start_q | division_busy) begin
      division_rest_q <= division_start_q ? {8'd0, more_turns ? v_q[38:25] : 14'd63} : (division_goes ?
      division_left[21:0] : division_twice[21:0]);
    end
  end

  always @(posedge clk) begin
    if (division_start_q | division_busy) begin
      division_quotient_q <= division_start_q ? (more_turns ? v_q[24:0] : 25'h1ffffff) :
      {division_quotient_q[23:0], division_goes};
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
      word_pending_q <= 2'd0;
    end else if (factor_ready ^ word_fetch) begin
      word_pending_q <= factor_ready ? word_pending_up : word_pending_down;
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
      word_length_at_q <= 2'd0;
    end else if (row_read) begin
      word_length_at_q <= word_length_at_last ? 2'd0 : word_length_at_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      word_number_at_q <= 2'd0;
    end else if (factor_ready) begin
      word_number_at_q <= word_number_at_last ? 2'd0 : word_number_at_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      word_fetch_at_q <= 2'd0;
    end else if (word_fetch) begin
      word_fetch_at_q <= word_fetch_at_last ? 2'd0 : word_fetch_at_inc;
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
      z0_q <= z0_cat[32:1];
      end_p1_q <= (word_issue & word_ends) & word_length_q[6];
      end_p2_q <= end_p1_q;
      end_p3_q <= end_p2_q;
      end_p4_q <= end_p3_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      word_wr_q <= 9'd0;
    end else if (some_word_p1_q) begin
      word_wr_q <= word_wr_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      word_rd_q <= 9'd0;
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
    end else if (word_run) begin
      word_valid_p1_q <= word_active_q;
      word_valid_p2_q <= word_valid_p1_q;
      valid_p1_q <= word_valid_p2_q;
      valid_p2_q <= valid_p1_q;
    end
  end

  wire unused_ok = &{1'b0, z0_cat[43:33], z0_cat[0], word_length_q[5:0], half_sum[25:23], half_sum[0],
      division_left[22], squares_now[39], mean_left[7], sum_now[23]};

endmodule

`default_nettype wire
