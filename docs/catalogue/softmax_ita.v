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

  reg [2:0] rows_q;
  reg [6:0] used_q;
  reg [5:0] beat_q;
  reg [3:0] wait_q;
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
  reg [3:0] step_q;
  reg [14:0] divisor_q;
  reg signed [7:0] divided_max_q;
  reg [14:0] rest_q;
  reg [7:0] inverse_q;
  reg ready_q;
  reg [2:0] pending_q;
  reg active_q;
  reg [5:0] left_q;
  reg next_valid_q;
  reg [1:0] length_at_q;
  reg [1:0] result_at_q;
  reg [1:0] fetch_at_q;
  reg frame_ends_q;
  reg signed [7:0] result_max_q;
  reg [7:0] result_inverse_q;
  reg [6:0] wr_q;
  reg [6:0] rd_q;
  reg [7:0] beat_held_q;
  reg signed [7:0] max_held_p1_q;
  reg signed [7:0] max_held_p2_q;
  reg [7:0] inverse_held_p1_q;
  reg [7:0] inverse_held_p2_q;
  reg [7:0] inverse_held_p3_q;
  reg [7:0] apart0_q;
  reg [7:0] y0_q;
  reg valid_p1_q;
  reg valid_p2_q;
  reg valid_p3_q;
  reg valid_p4_q;
  reg end_p1_q;
  reg end_p2_q;
  reg end_p3_q;
  reg end_p4_q;
  reg [6:0] lengths_q;
  reg [6:0] lengths [0:3];
  reg [15:0] results_q;
  reg [15:0] results [0:3];
  reg [7:0] ring_q;
  reg [7:0] ring [0:88];

  // beats of a row
  wire row_last = s_axis_tlast | (beat_q == 6'd63);
  wire [5:0] beat_next = beat_q + 6'd1;

  // the division is free again so many cycles after a row's end
  wire s_axis_ready = (used_q != 7'd89) & ~(row_last & ((|wait_q) | (rows_q == 3'd4)));

  // beats of a row
  wire s_axis_fire = s_axis_tvalid & s_axis_ready;

  // the division is free again so many cycles after a row's end
  wire row = s_axis_fire & row_last;
  wire [3:0] wait_less = wait_q - 4'd1;

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

  // the division, a bit of the inverse a cycle
  wire dividing = |step_q;
  wire [3:0] step_less = step_q - 4'd1;
  wire [15:0] twice = {rest_q, 1'd0};
  wire signed [16:0] left = {1'd0, twice} - {1'd0, {1'd0, divisor_q}};
  wire goes = ~left[16];

  // lengths and results of rows, the next one fetched ahead
  wire run = ~valid_p4_q | m_axis_tready;
  wire issue = run & active_q;
  wire active_any = |left_q;
  wire row_ends = ~active_any;
  wire load = next_valid_q & (~active_q | (issue & row_ends));
  wire fetch = (|pending_q) & (~next_valid_q | load);
  wire [2:0] pending_up = pending_q + 3'd1;
  wire [2:0] pending_down = pending_q - 3'd1;
  wire [1:0] length_at_inc = length_at_q + 2'd1;
  wire [1:0] result_at_inc = result_at_q + 2'd1;
  wire [1:0] fetch_at_inc = fetch_at_q + 2'd1;
  wire [5:0] left_less = left_q - 6'd1;

  // a row's beats from the ring, and the inverse shifted by how far each lies below the maximum
  wire wr_last = wr_q == 7'd88;
  wire [6:0] wr_inc = wr_q + 7'd1;
  wire rd_last = rd_q == 7'd88;
  wire [6:0] rd_inc = rd_q + 7'd1;
  wire [7:0] apart0 = max_held_p2_q - beat_held_q;
  wire [7:0] y0_shr = inverse_held_p3_q >> apart0_q[2:0];
  wire [2:0] rows_up = rows_q + 3'd1;
  wire [2:0] rows_down = rows_q - 3'd1;
  wire [6:0] used_up = used_q + 7'd1;
  wire [6:0] used_down = used_q - 7'd1;

  // lengths and results of rows, the next one fetched ahead
  always @(posedge clk) if (row) begin
    lengths[length_at_q] <= {s_axis_tlast, beat_q};
  end
  always @(posedge clk) if (fetch) begin
    lengths_q <= lengths[fetch_at_q];
  end

  // lengths and results of rows, the next one fetched ahead
  always @(posedge clk) if (ready_q) begin
    results[result_at_q] <= {divided_max_q, inverse_q};
  end
  always @(posedge clk) if (fetch) begin
    results_q <= results[fetch_at_q];
  end

  // a row's beats from the ring, and the inverse shifted by how far each lies below the maximum
  always @(posedge clk) if (s_axis_fire) begin
    ring[wr_q] <= s_axis_tdata;
  end
  always @(posedge clk) if (issue) begin
    ring_q <= ring[rd_q];
  end

  assign s_axis_tready = s_axis_ready;
  assign m_axis_tdata = y0_q;
  assign m_axis_tvalid = valid_p4_q;
  assign m_axis_tlast = end_p4_q;

  // rows that have ended and wait for their results, and beats in the ring
  always @(posedge clk) begin
    if (rst) begin
      rows_q <= 3'd0;
    end else if (row ^ load) begin
      rows_q <= row ? rows_up : rows_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      used_q <= 7'd0;
    end else if (s_axis_fire ^ issue) begin
      used_q <= s_axis_fire ? used_up : used_down;
    end
  end

  // beats of a row
  always @(posedge clk) begin
    if (rst) begin
      beat_q <= 6'd0;
    end else if (s_axis_fire) begin
      beat_q <= row_last ? 6'd0 : beat_next;
    end
  end

  // the division is free again so many cycles after a row's end
  always @(posedge clk) begin
    if (rst) begin
      wait_q <= 4'd0;
    end else begin
      wait_q <= row ? 4'd9 : ((|wait_q) ? wait_less : 4'd0);
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

  // the division, a bit of the inverse a cycle
  always @(posedge clk) begin
    if (rst) begin
      step_q <= 4'd0;
    end else if (row_done_p5_q | dividing) begin
      step_q <= row_done_p5_q ? 4'd8 : step_less;
    end
  end

  always @(posedge clk) begin
    if (row_done_p5_q) begin
      divisor_q <= denominator_q;
      divided_max_q <= row_max_p3_q;
    end
  end

  always @(posedge clk) begin
    if (row_done_p5_q | dividing) begin
      rest_q <= row_done_p5_q ? 15'd255 : (goes ? left[14:0] : twice[14:0]);
    end
  end

  always @(posedge clk) begin
    if (dividing) begin
      inverse_q <= {inverse_q[6:0], goes};
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      ready_q <= 1'd0;
    end else begin
      ready_q <= step_q == 4'd1;
    end
  end

  // lengths and results of rows, the next one fetched ahead
  always @(posedge clk) begin
    if (rst) begin
      pending_q <= 3'd0;
    end else if (ready_q ^ fetch) begin
      pending_q <= ready_q ? pending_up : pending_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      active_q <= 1'd0;
    end else if (load | issue) begin
      active_q <= load | active_any;
    end
  end

  always @(posedge clk) begin
    if (load | issue) begin
      left_q <= load ? lengths_q[5:0] : left_less;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      next_valid_q <= 1'd0;
    end else if (fetch | load) begin
      next_valid_q <= fetch;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      length_at_q <= 2'd0;
    end else if (row) begin
      length_at_q <= length_at_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      result_at_q <= 2'd0;
    end else if (ready_q) begin
      result_at_q <= result_at_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      fetch_at_q <= 2'd0;
    end else if (fetch) begin
      fetch_at_q <= fetch_at_inc;
    end
  end

  always @(posedge clk) begin
    if (load) begin
      frame_ends_q <= lengths_q[6];
      result_max_q <= results_q[15:8];
      result_inverse_q <= results_q[7:0];
    end
  end

  // a row's beats from the ring, and the inverse shifted by how far each lies below the maximum
  always @(posedge clk) begin
    if (rst) begin
      wr_q <= 7'd0;
    end else if (s_axis_fire) begin
      wr_q <= wr_last ? 7'd0 : wr_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      rd_q <= 7'd0;
    end else if (issue) begin
      rd_q <= rd_last ? 7'd0 : rd_inc;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      beat_held_q <= ring_q;
      max_held_p1_q <= result_max_q;
      max_held_p2_q <= max_held_p1_q;
      inverse_held_p1_q <= result_inverse_q;
      inverse_held_p2_q <= inverse_held_p1_q;
      inverse_held_p3_q <= inverse_held_p2_q;
      apart0_q <= apart0;
      y0_q <= ~(|(apart0_q[7:3])) ? y0_shr : 8'd0;
      end_p1_q <= frame_ends_q & row_ends;
      end_p2_q <= end_p1_q;
      end_p3_q <= end_p2_q;
      end_p4_q <= end_p3_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      valid_p1_q <= 1'd0;
      valid_p2_q <= 1'd0;
      valid_p3_q <= 1'd0;
      valid_p4_q <= 1'd0;
    end else if (run) begin
      valid_p1_q <= active_q;
      valid_p2_q <= valid_p1_q;
      valid_p3_q <= valid_p2_q;
      valid_p4_q <= valid_p3_q;
    end
  end

  wire unused_ok = &{1'b0, left[15]};

endmodule

`default_nettype wire
