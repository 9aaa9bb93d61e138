// nl_replay_4xs8_2x8
// block     replay: stores a frame and sends it several times
// computes  y[t * n + i] = x[i], n = beats * lanes, t < times
// config    defaults
// niello    0.1.0, config 2e5f56315de4ba4a
// last      ignored at the input: a frame is its beats by count; set on the last beat sent
// in  s_axis: 4 x 8 bits signed a beat, last is ignored: frames end by count
// out m_axis: 4 x 8 bits signed a beat, with a last mark
`default_nettype none

module nl_replay_4xs8_2x8 (
  input  wire clk,
  input  wire rst,
  input  wire [31:0] s_axis_tdata,
  input  wire s_axis_tvalid,
  input  wire s_axis_tlast,
  output wire s_axis_tready,
  output wire [31:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg full0_q;
  reg full1_q;
  reg write_half_q;
  reg [2:0] write_beat_q;
  reg read_half_q;
  reg [2:0] beat_q;
  reg pass_q;
  reg valid_q;
  reg end_q;
  reg [31:0] vectors_q;
  reg [31:0] vectors [0:15];

  wire run = ~valid_q | m_axis_tready;

  // write side: fills the half of the buffer that is not full
  wire s_axis_fire = s_axis_tvalid & ~(write_half_q ? full1_q : full0_q);
  wire write_beat_last = write_beat_q == 3'd7;
  wire [2:0] write_beat_inc = write_beat_q + 3'd1;
  wire filled = s_axis_fire & write_beat_last;

  // read side: every beat of the full half, once for each pass
  wire some = read_half_q ? full1_q : full0_q;
  wire step = run & some;
  wire last_beat = beat_q == 3'd7;
  wire pass_last = pass_q == 1'd1;
  wire pass_inc = pass_q + 1'd1;
  wire last_step = last_beat & pass_last;
  wire [2:0] beat_inc = beat_q + 3'd1;
  wire emptied = step & last_step;

  // the buffer
  always @(posedge clk) if (s_axis_fire) begin
    vectors[{write_half_q, write_beat_q}] <= s_axis_tdata;
  end
  always @(posedge clk) if (step) begin
    vectors_q <= vectors[{read_half_q, beat_q}];
  end

  // write side: fills the half of the buffer that is not full
  assign s_axis_tready = ~(write_half_q ? full1_q : full0_q);

  assign m_axis_tdata = vectors_q;
  assign m_axis_tvalid = valid_q;
  assign m_axis_tlast = end_q;

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
      write_beat_q <= 3'd0;
    end else if (s_axis_fire) begin
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
      beat_q <= 3'd0;
    end else if (step) begin
      beat_q <= beat_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      pass_q <= 1'd0;
    end else if (step & last_beat) begin
      pass_q <= pass_inc;
    end
  end

  // the buffer
  always @(posedge clk) begin
    if (rst) begin
      valid_q <= 1'd0;
    end else if (run) begin
      valid_q <= some;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      end_q <= last_step;
    end
  end

  wire unused_ok = &{1'b0, s_axis_tlast};

endmodule

`default_nettype wire
