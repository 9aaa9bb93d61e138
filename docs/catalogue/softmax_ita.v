// nl_softmax_ita_64x1
// block     softmax_ita: computes ITA's softmax of rows in powers of two
// computes  y[i] = floor(65280 / sum over k of 2^(8 - m + x[k])) >> (m - x[i]), m = max x
// config    defaults
// niello    0.1.0, config 685b60871d7a0f5e
// rows      as long as their frames, in whole beats; cut after 64 of them
// logit     one step is a factor of two; 255 stands for 1
// in  s_axis: 1 x 8 bits signed a beat, with a last mark
// out m_axis: 1 x 8 bits unsigned a beat, with a last mark
`default_nettype none

module nl_softmax_ita_64x1 (
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

  reg [2:0] row_rows_q;
  reg [6:0] row_used_q;
  reg [3:0] division_wait_q;
  reg [5:0] beat_q;
  reg signed [7:0] x0_q;
  reg some_p1_q;
  reg some_last_p1_q;
  reg row_first_q;
  reg signed [7:0] max_q;
  reg signed [7:0] max_was_q;
  reg [7:0] moved_q;
  reg signed [7:0] x0_max_q;
  reg [7:0] below0_q;
  reg [8:0] power0_q;
  reg [7:0] moved_sum_p1_q;
  reg fresh_p1_q;
  reg fresh_p2_q;
  reg fresh_p3_q;
  reg some_sum_p1_q;
  reg some_sum_p2_q;
  reg some_sum_p3_q;
  reg [14:0] denominator_q;
  reg row_done_p1_q;
  reg row_done_p2_q;
  reg row_done_p3_q;
  reg row_done_p4_q;
  reg row_done_p5_q;
  reg signed [7:0] row_max_p1_q;
  reg signed [7:0] row_max_p2_q;
  reg signed [7:0] row_max_p3_q;
  reg [3:0] division_step_q;
  reg [14:0] division_divisor_q;
  reg [14:0] division_rest_q;
  reg [7:0] division_quotient_q;
  reg division_ready_q;
  reg signed [7:0] divided_max_q;
  reg row_active_q;
  reg [5:0] row_left_q;
  reg [2:0] row_pending_q;
  reg row_next_valid_q;
  reg [1:0] row_length_at_q;
  reg [1:0] row_number_at_q;
  reg [1:0] row_fetch_at_q;
  reg [6:0] row_length_q;
  reg [15:0] row_number_q;
  reg [15:0] row_number_p1_q;
  reg [15:0] row_number_p2_q;
  reg [6:0] row_wr_q;
  reg [6:0] row_rd_q;
  reg [7:0] row_beat_q;
  reg row_valid_p1_q;
  reg row_valid_p2_q;
  reg [7:0] inverse_q;
  reg [7:0] apart0_q;
  reg [7:0] y0_q;
  reg valid_p1_q;
  reg valid_p2_q;
  reg end_p1_q;
  reg end_p2_q;
  reg end_p3_q;
  reg end_p4_q;
  reg [6:0] row_lengths_q;
  reg [6:0] row_lengths [0:3];
  reg [15:0] row_numbers_q;
  reg [15:0] row_numbers [0:3];
  reg [7:0] row_ring_q;
  reg [7:0] row_ring [0:82];

  // beats of a row, which ends where the division will be free
  wire [2:0] row_rows_up = row_rows_q + 3'd1;
  wire [2:0] row_rows_down = row_rows_q - 3'd1;
  wire [6:0] row_used_up = row_used_q + 7'd1;
  wire [6:0] row_used_down = row_used_q - 7'd1;
  wire row_last = s_axis_tlast | (beat_q == 6'd63);
  wire division_wait_busy = |division_wait_q;
  wire s_axis_ready = (row_used_q != 7'd83) & ~(row_last & (division_wait_busy | (row_rows_q == 3'd4)));
  wire s_axis_fire = s_axis_tvalid & s_axis_ready;
  wire row = s_axis_fire & row_last;
  wire row_taken = row;
  wire [3:0] division_wait_less = division_wait_q - 4'd1;
  wire [5:0] beat_next = beat_q + 6'd1;

  // the block's maximum, and the row's
  wire signed [7:0] max_before = row_first_q ? 8'd128 : max_q;
  wire signed [7:0] max_now = (max_before < x0_q) ? x0_q : max_before;
  wire [7:0] moved_d = max_q - max_was_q;

  // a power of two for each column, and their sum
  wire [7:0] below0_d = max_q - x0_max_q;
  wire [8:0] power0_shr = 9'd256 >> below0_q[3:0];

  // the denominator, in units of the row's maximum so far
  wire [14:0] denominator_shr = denominator_q >> moved_sum_p1_q[4:0];
  wire [14:0] denominator_d = ((fresh_p3_q | (|(moved_sum_p1_q[7:5]))) ? 15'd0 : denominator_shr) + {6'd0,
      power0_q};

  // the division, a bit of the inverse a cycle: 255 and eight zeros over the denominator
  wire division_busy = |division_step_q;
  wire [3:0] division_step_less = division_step_q - 4'd1;
  wire [15:0] division_twice = {division_rest_q, 1'd0};
  wire signed [16:0] division_left = {1'd0, division_twice} - {1'd0, {1'd0, division_divisor_q}};
  wire division_goes = ~division_left[16];

  // a row's beats again, and the inverse shifted by how far each lies below the maximum
  wire row_more = |row_left_q;
  wire row_ends = ~row_more;
  wire row_run = ~valid_p2_q | m_axis_tready;
  wire row_issue = row_run & row_active_q;
  wire [2:0] row_pending_up = row_pending_q + 3'd1;
  wire [2:0] row_pending_down = row_pending_q - 3'd1;
  wire row_load = row_next_valid_q & (~row_active_q | (row_issue & row_ends));
  wire row_fetch = (|row_pending_q) & (~row_next_valid_q | row_load);
  wire [1:0] row_length_at_inc = row_length_at_q + 2'd1;
  wire [1:0] row_number_at_inc = row_number_at_q + 2'd1;
  wire [1:0] row_fetch_at_inc = row_fetch_at_q + 2'd1;
  wire [5:0] row_left_less = row_left_q - 6'd1;
  wire row_wr_last = row_wr_q == 7'd82;
  wire [6:0] row_wr_inc = row_wr_q + 7'd1;
  wire row_rd_last = row_rd_q == 7'd82;
  wire [6:0] row_rd_inc = row_rd_q + 7'd1;
  wire [7:0] apart0 = row_number_p2_q[15:8] - row_beat_q;
  wire [7:0] y0_shr = inverse_q >> apart0_q[2:0];

  // a row's beats again, and the inverse shifted by how far each lies below the maximum
  always @(posedge clk) if (row) begin
    row_lengths[row_length_at_q] <= {s_axis_tlast, beat_q};
  end
  always @(posedge clk) if (row_fetch) begin
    row_lengths_q <= row_lengths[row_fetch_at_q];
  end

  // a row's beats again, and the inverse shifted by how far each lies below the maximum
  always @(posedge clk) if (division_ready_q) begin
    row_numbers[row_number_at_q] <= {divided_max_q, division_quotient_q};
  end
  always @(posedge clk) if (row_fetch) begin
    row_numbers_q <= row_numbers[row_fetch_at_q];
  end

  // a row's beats again, and the inverse shifted by how far each lies below the maximum
  always @(posedge clk) if (s_axis_fire) begin
    row_ring[row_wr_q] <= s_axis_tdata;
  end
  always @(posedge clk) if (row_issue) begin
    row_ring_q <= row_ring[row_rd_q];
  end

  assign s_axis_tready = s_axis_ready;
  assign m_axis_tdata = y0_q;
  assign m_axis_tvalid = valid_p2_q;
  assign m_axis_tlast = end_p4_q;

  // beats of a row, which ends where the division will be free
  always @(posedge clk) begin
    if (rst) begin
      row_rows_q <= 3'd0;
    end else if (row ^ row_load) begin
      row_rows_q <= row ? row_rows_up : row_rows_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      row_used_q <= 7'd0;
    end else if (s_axis_fire ^ row_issue) begin
      row_used_q <= s_axis_fire ? row_used_up : row_used_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      division_wait_q <= 4'd0;
    end else begin
      division_wait_q <= row_taken ? 4'd9 : (division_wait_busy ? division_wait_less : 4'd0);
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      beat_q <= 6'd0;
    end else if (s_axis_fire) begin
      beat_q <= row_last ? 6'd0 : beat_next;
    end
  end

  // the block's maximum, and the row's
  always @(posedge clk) begin
    x0_q <= s_axis_tdata;
    some_last_p1_q <= row;
    max_was_q <= max_before;
    moved_q <= moved_d;
    x0_max_q <= x0_q;
  end

  always @(posedge clk) begin
    if (rst) begin
      some_p1_q <= 1'd0;
    end else begin
      some_p1_q <= s_axis_fire;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      row_first_q <= 1'd1;
    end else if (some_p1_q) begin
      row_first_q <= some_last_p1_q;
    end
  end

  always @(posedge clk) begin
    if (some_p1_q) begin
      max_q <= max_now;
    end
  end

  // a power of two for each column, and their sum
  always @(posedge clk) begin
    below0_q <= below0_d;
    power0_q <= ~(|(below0_q[7:4])) ? power0_shr : 9'd0;
  end

  // the denominator, in units of the row's maximum so far
  always @(posedge clk) begin
    moved_sum_p1_q <= moved_q;
    fresh_p1_q <= row_first_q;
    fresh_p2_q <= fresh_p1_q;
    fresh_p3_q <= fresh_p2_q;
    row_max_p1_q <= max_q;
    row_max_p2_q <= row_max_p1_q;
    row_max_p3_q <= row_max_p2_q;
  end

  always @(posedge clk) begin
    if (rst) begin
      some_sum_p1_q <= 1'd0;
      some_sum_p2_q <= 1'd0;
      some_sum_p3_q <= 1'd0;
      row_done_p1_q <= 1'd0;
      row_done_p2_q <= 1'd0;
      row_done_p3_q <= 1'd0;
      row_done_p4_q <= 1'd0;
      row_done_p5_q <= 1'd0;
    end else begin
      some_sum_p1_q <= some_p1_q;
      some_sum_p2_q <= some_sum_p1_q;
      some_sum_p3_q <= some_sum_p2_q;
      row_done_p1_q <= row;
      row_done_p2_q <= row_done_p1_q;
      row_done_p3_q <= row_done_p2_q;
      row_done_p4_q <= row_done_p3_q;
      row_done_p5_q <= row_done_p4_q;
    end
  end

  always @(posedge clk) begin
    if (some_sum_p3_q) begin
      denominator_q <= denominator_d;
    end
  end

  // the division, a bit of the inverse a cycle: 255 and eight zeros over the denominator
  always @(posedge clk) begin
    if (rst) begin
      division_step_q <= 4'd0;
    end else if (row_done_p5_q | division_busy) begin
      division_step_q <= row_done_p5_q ? 4'd8 : division_step_less;
    end
  end

  always @(posedge clk) begin
    if (row_done_p5_q) begin
      division_divisor_q <= denominator_q;
      divided_max_q <= row_max_p3_q;
    end
  end

  always @(posedge clk) begin
    if (row_done_p5_q | division_busy) begin
      division_rest_q <= row_done_p5_q ? 15'd255 : (division_goes ? division_left[14:0] : division_twice[14:0]);
    end
  end

  always @(posedge clk) begin
    if (division_busy) begin
      division_quotient_q <= {division_quotient_q[6:0], division_goes};
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      division_ready_q <= 1'd0;
    end else begin
      division_ready_q <= division_step_q == 4'd1;
    end
  end

  // a row's beats again, and the inverse shifted by how far each lies below the maximum
  always @(posedge clk) begin
    if (rst) begin
      row_active_q <= 1'd0;
    end else if (row_load | row_issue) begin
      row_active_q <= row_load | row_more;
    end
  end

  always @(posedge clk) begin
    if (row_load | row_issue) begin
      row_left_q <= row_load ? row_lengths_q[5:0] : row_left_less;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      row_pending_q <= 3'd0;
    end else if (division_ready_q ^ row_fetch) begin
      row_pending_q <= division_ready_q ? row_pending_up : row_pending_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      row_next_valid_q <= 1'd0;
    end else if (row_fetch | row_load) begin
      row_next_valid_q <= row_fetch;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      row_length_at_q <= 2'd0;
    end else if (row) begin
      row_length_at_q <= row_length_at_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      row_number_at_q <= 2'd0;
    end else if (division_ready_q) begin
      row_number_at_q <= row_number_at_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      row_fetch_at_q <= 2'd0;
    end else if (row_fetch) begin
      row_fetch_at_q <= row_fetch_at_inc;
    end
  end

  always @(posedge clk) begin
    if (row_load) begin
      row_length_q <= row_lengths_q;
      row_number_q <= row_numbers_q;
    end
  end

  always @(posedge clk) begin
    if (row_run) begin
      row_number_p1_q <= row_number_q;
      row_number_p2_q <= row_number_p1_q;
      row_beat_q <= row_ring_q;
      inverse_q <= row_number_p2_q[7:0];
      apart0_q <= apart0;
      y0_q <= ~(|(apart0_q[7:3])) ? y0_shr : 8'd0;
      end_p1_q <= (row_issue & row_ends) & row_length_q[6];
      end_p2_q <= end_p1_q;
      end_p3_q <= end_p2_q;
      end_p4_q <= end_p3_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      row_wr_q <= 7'd0;
    end else if (s_axis_fire) begin
      row_wr_q <= row_wr_last ? 7'd0 : row_wr_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      row_rd_q <= 7'd0;
    end else if (row_issue) begin
      row_rd_q <= row_rd_last ? 7'd0 : row_rd_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      row_valid_p1_q <= 1'd0;
      row_valid_p2_q <= 1'd0;
      valid_p1_q <= 1'd0;
      valid_p2_q <= 1'd0;
    end else if (row_run) begin
      row_valid_p1_q <= row_active_q;
      row_valid_p2_q <= row_valid_p1_q;
      valid_p1_q <= row_valid_p2_q;
      valid_p2_q <= valid_p1_q;
    end
  end

  wire unused_ok = &{1'b0, row_length_q[5:0], division_left[15]};

endmodule

`default_nettype wire
