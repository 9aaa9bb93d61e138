// nl_bit_serial_k16_4x4_s8_p1_col
// block  a column: 4 selected elements a cycle
`default_nettype none

module nl_bit_serial_k16_4x4_s8_p1_col (
  input  wire clk,
  input  wire run_i,
  input  wire active_i,
  input  wire signs_i,
  input  wire first_i,
  input  wire [31:0] a_i,
  input  wire [3:0] bits_i,
  output wire [19:0] acc_o
);

  reg signed [9:0] sum_p1_q;
  reg signed [19:0] acc_q;

  wire signed [7:0] chosen0 = bits_i[0] ? a_i[7:0] : 8'd0;
  wire signed [7:0] chosen1 = bits_i[1] ? a_i[15:8] : 8'd0;
  wire signed [7:0] chosen2 = bits_i[2] ? a_i[23:16] : 8'd0;
  wire signed [7:0] chosen3 = bits_i[3] ? a_i[31:24] : 8'd0;
  wire signed [8:0] sum_p1_sum = {chosen0[7], chosen0} + {chosen1[7], chosen1};
  wire signed [8:0] sum_p1_sum_l1 = {chosen2[7], chosen2} + {chosen3[7], chosen3};
  wire signed [9:0] sum_p1_d = {sum_p1_sum[8], sum_p1_sum} + {sum_p1_sum_l1[8], sum_p1_sum_l1};
  wire signed [20:0] acc_next_cat = {acc_q, 1'd0};
  wire signed [10:0] term_diff = 11'd0 - {sum_p1_q[9], sum_p1_q};
  wire signed [10:0] term = signs_i ? term_diff : {sum_p1_q[9], sum_p1_q};
  wire signed [19:0] acc_next = (first_i ? (signs_i ? 20'h0 : acc_next_cat[19:0]) : acc_q) + {{9{term[10]}},
      term};

  assign acc_o = acc_q;

  always @(posedge clk) begin
    if (run_i) begin
      sum_p1_q <= sum_p1_d;
    end
  end

  always @(posedge clk) begin
    if (run_i & active_i) begin
      acc_q <= acc_next;
    end
  end

  wire unused_ok = &{1'b0, acc_next_cat[20]};

endmodule

`default_nettype wire

// nl_bit_serial_k16_4x4_s8_p1
// block        bit_serial: multiplies a vector by a matrix, bit plane by bit plane,
//     with a width chosen at run time
// computes     c[j] = sum over k of a[k] * (planes of b[k][j] so far, as a two's complement number)
// config       defaults
// niello       0.1.0, config 4f6a2c686afb724a
// last         of p_axis: ends a frame; ignored on a_axis and b_axis, whose beats are counted
// accumulator  20 bits, exact: proven for -260096..=262144
// in  a_axis: 4 x 8 bits signed a beat, last is ignored: frames end by count
// in  p_axis: 1 x 4 bits unsigned a beat, with a last mark
// in  b_axis: 16 x 1 bits unsigned a beat, last is ignored: frames end by count
// out m_axis: 4 x 20 bits signed a beat, with a last mark
`default_nettype none

module nl_bit_serial_k16_4x4_s8_p1 (
  input  wire clk,
  input  wire rst,
  input  wire [31:0] a_axis_tdata,
  input  wire a_axis_tvalid,
  input  wire a_axis_tlast,
  output wire a_axis_tready,
  input  wire [3:0] p_axis_tdata,
  input  wire p_axis_tvalid,
  input  wire p_axis_tlast,
  output wire p_axis_tready,
  input  wire [15:0] b_axis_tdata,
  input  wire b_axis_tvalid,
  input  wire b_axis_tlast,
  output wire b_axis_tready,
  output wire [79:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg [2:0] plane_q;
  reg signs_q;
  reg full0_q;
  reg full1_q;
  reg write_half_q;
  reg [1:0] write_beat_q;
  reg read_half_q;
  reg [1:0] beat_q;
  reg [15:0] bits_q;
  reg active_q;
  reg negative_q;
  reg plane_first_q;
  reg done_q;
  reg frame_end_q;
  reg active_late_p1_q;
  reg done_late_p1_q;
  reg negative_late_p1_q;
  reg plane_first_late_p1_q;
  reg frame_end_late_p1_q;
  reg valid_q;
  reg last_q;
  wire [19:0] acc0;
  wire [19:0] acc1;
  wire [19:0] acc2;
  wire [19:0] acc3;
  reg [31:0] vectors_q;
  reg [31:0] vectors [0:7];

  wire run = ~valid_q | m_axis_tready;

  // planes: counted for each result; the first of a frame holds the signs
  wire [3:0] planes = {1'd0, plane_q} + 4'd1;
  wire last_plane = planes == p_axis_tdata;
  wire go = (run & b_axis_tvalid) & p_axis_tvalid;

  // write side: fills the half of the buffer that is not full
  wire a_axis_fire = a_axis_tvalid & ~(write_half_q ? full1_q : full0_q);
  wire write_beat_last = write_beat_q == 2'd3;
  wire [1:0] write_beat_inc = write_beat_q + 2'd1;
  wire filled = a_axis_fire & write_beat_last;

  // read side: every beat of the full half, once for each pass
  wire some = read_half_q ? full1_q : full0_q;
  wire step = go & some;
  wire first_beat = beat_q == 2'd0;
  wire last_beat = beat_q == 2'd3;
  wire last_step = last_beat & (last_plane & p_axis_tlast);
  wire [1:0] beat_inc = beat_q + 2'd1;
  wire emptied = step & last_step;

  // the buffer
  assign b_axis_tready = (run & p_axis_tvalid) & some;
  wire plane_end = step & last_beat;
  wire result = plane_end & last_plane;

  // one register behind the streams: a step's bits, and what it means
  wire signed [7:0] a0 = vectors_q[7:0];
  wire signed [7:0] a1 = vectors_q[15:8];
  wire signed [7:0] a2 = vectors_q[23:16];
  wire signed [7:0] a3 = vectors_q[31:24];

  // the elements: a column each
  wire [31:0] a = {a3, a2, a1, a0};
  assign m_axis_tdata = {acc3, acc2, acc1, acc0};

  // the buffer
  always @(posedge clk) if (a_axis_fire) begin
    vectors[{write_half_q, write_beat_q}] <= a_axis_tdata;
  end
  always @(posedge clk) if (step) begin
    vectors_q <= vectors[{read_half_q, beat_q}];
  end

  // the elements: a column each
  nl_bit_serial_k16_4x4_s8_p1_col u_col0 (
    .clk(clk),
    .run_i(run),
    .active_i(active_late_p1_q),
    .signs_i(negative_late_p1_q),
    .first_i(plane_first_late_p1_q),
    .a_i(a),
    .bits_i(bits_q[3:0]),
    .acc_o(acc0)
  );

  // the elements: a column each
  nl_bit_serial_k16_4x4_s8_p1_col u_col1 (
    .clk(clk),
    .run_i(run),
    .active_i(active_late_p1_q),
    .signs_i(negative_late_p1_q),
    .first_i(plane_first_late_p1_q),
    .a_i(a),
    .bits_i(bits_q[7:4]),
    .acc_o(acc1)
  );

  // the elements: a column each
  nl_bit_serial_k16_4x4_s8_p1_col u_col2 (
    .clk(clk),
    .run_i(run),
    .active_i(active_late_p1_q),
    .signs_i(negative_late_p1_q),
    .first_i(plane_first_late_p1_q),
    .a_i(a),
    .bits_i(bits_q[11:8]),
    .acc_o(acc2)
  );

  // the elements: a column each
  nl_bit_serial_k16_4x4_s8_p1_col u_col3 (
    .clk(clk),
    .run_i(run),
    .active_i(active_late_p1_q),
    .signs_i(negative_late_p1_q),
    .first_i(plane_first_late_p1_q),
    .a_i(a),
    .bits_i(bits_q[15:12]),
    .acc_o(acc3)
  );

  // write side: fills the half of the buffer that is not full
  assign a_axis_tready = ~(write_half_q ? full1_q : full0_q);

  assign p_axis_tready = result;
  assign m_axis_tvalid = valid_q;
  assign m_axis_tlast = last_q;

  // planes: counted for each result; the first of a frame holds the signs
  always @(posedge clk) begin
    if (rst) begin
      plane_q <= 3'd0;
      signs_q <= 1'd1;
    end else if (plane_end) begin
      plane_q <= result ? 3'd0 : planes[2:0];
      signs_q <= result & p_axis_tlast;
    end
  end

  // write side: fills the half of the buffer that is not full
  always @(posedge clk) begin
    if (rst) begin
      full0_q <= 1'd0;
      full1_q <= 1'd0;
    end else begin
      full0_q <= (filled & ~write_half_q) | (full0_q & ~(emptied & ~read_half_q));
      full1_q <= (filled & write_half_q) | (full1_q & ~(emptied & read_half_q));
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      write_half_q <= 1'd0;
    end else if (filled) begin
      write_half_q <= ~write_half_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      write_beat_q <= 2'd0;
    end else if (a_axis_fire) begin
      write_beat_q <= write_beat_inc;
    end
  end

  // read side: every beat of the full half, once for each pass
  always @(posedge clk) begin
    if (rst) begin
      read_half_q <= 1'd0;
    end else if (emptied) begin
      read_half_q <= ~read_half_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      beat_q <= 2'd0;
    end else if (step) begin
      beat_q <= beat_inc;
    end
  end

  // one register behind the streams: a step's bits, and what it means
  always @(posedge clk) begin
    if (run) begin
      bits_q <= b_axis_tdata;
      negative_q <= signs_q;
      plane_first_q <= first_beat;
      frame_end_q <= p_axis_tlast;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      active_q <= 1'd0;
      done_q <= 1'd0;
    end else if (run) begin
      active_q <= step;
      done_q <= result;
    end
  end

  // the elements: a column each
  always @(posedge clk) begin
    if (rst) begin
      active_late_p1_q <= 1'd0;
      done_late_p1_q <= 1'd0;
      valid_q <= 1'd0;
    end else if (run) begin
      active_late_p1_q <= active_q;
      done_late_p1_q <= done_q;
      valid_q <= done_late_p1_q;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      negative_late_p1_q <= negative_q;
      plane_first_late_p1_q <= plane_first_q;
      frame_end_late_p1_q <= frame_end_q;
      last_q <= frame_end_late_p1_q;
    end
  end

  wire unused_ok = &{1'b0, b_axis_tlast, a_axis_tlast};

endmodule

`default_nettype wire
