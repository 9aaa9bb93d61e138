// nl_operand_buffer_6x1x2_4xs8_b2_t3_h9ffe02
// block     operand_buffer: stores a frame and gives it in the order and as often as an array takes it
// computes  y[..][p][l] = x[group * banks + p][i][b][l], by loops over groups, i, b and repetitions in any order
// config    defaults
// niello    0.1.0, config 980d6244e49ffe02
// buffer    2 bank(s) of two halves of 6 words
// frame     12 beats come, 18 leave
// last      ignored at the input: a frame goes by count; marks the last beat of the last repetition
// in  s_axis: 4 x 8 bits signed a beat, last is ignored: frames end by count
// out m_axis: 8 x 8 bits signed a beat, with a last mark
`default_nettype none

module nl_operand_buffer_6x1x2_4xs8_b2_t3_h9ffe02 (
  input  wire clk,
  input  wire rst,
  input  wire [31:0] s_axis_tdata,
  input  wire s_axis_tvalid,
  input  wire s_axis_tlast,
  output wire s_axis_tready,
  output wire [63:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg [1:0] stored_q;
  reg place_q;
  reg [2:0] outer_q;
  reg bank_q;
  reg [3:0] group_at_q;
  reg [2:0] group_number_q;
  reg [3:0] read_at_q;
  reg beat_q;
  reg [1:0] group_q;
  reg [1:0] pass_q;
  reg read_half_q;
  reg [31:0] word0_q;
  reg [31:0] word1_q;
  reg valid_p1_q;
  reg valid_p2_q;
  reg end_p1_q;
  reg end_p2_q;
  reg [31:0] bank0_q;
  reg [31:0] bank0 [0:11];
  reg [31:0] bank1_q;
  reg [31:0] bank1 [0:11];

  wire run = ~valid_p2_q | m_axis_tready;
  wire [1:0] stored_up = stored_q + 2'd1;
  wire [1:0] stored_down = stored_q - 2'd1;

  // write side: the banks take turns; both halves of each lie one behind the other
  wire s_axis_fire = s_axis_tvalid & (stored_q != 2'd2);
  wire place_last = place_q == 1'd1;
  wire place_inc = place_q + 1'd1;
  wire index_end = s_axis_fire & place_last;
  wire outer_last = outer_q == 3'd5;
  wire [2:0] outer_inc = outer_q + 3'd1;
  wire group_ends = bank_q == 1'd1;
  wire bank_sum = bank_q + 1'd1;
  wire filled = index_end & outer_last;
  wire group_number_last = group_number_q == 3'd5;
  wire [2:0] group_number_inc = group_number_q + 3'd1;
  wire [3:0] group_at_next = group_at_q + 4'd2;
  wire [3:0] write_at = group_at_q + {3'd0, place_q};
  wire write0 = s_axis_fire & (bank_q == 1'd0);
  wire write1 = s_axis_fire & (bank_q == 1'd1);

  // read side: nested loops over all banks at once
  wire some = |stored_q;
  wire step = run & some;
  wire beat_last = beat_q == 1'd1;
  wire beat_inc = beat_q + 1'd1;
  wire beat_go = step & beat_last;
  wire group_last = group_q == 2'd2;
  wire [1:0] group_inc = group_q + 2'd1;
  wire group_all = beat_last & group_last;
  wire pass_last = pass_q == 2'd2;
  wire [1:0] pass_inc = pass_q + 2'd1;
  wire read_end = group_all & pass_last;
  wire [3:0] read_next = read_at_q + ((group_all & ~pass_last) ? 4'd11 : ((beat_last & ~group_last) ? 4'd1 :
      (~beat_last ? 4'd1 : 4'd0)));
  wire emptied = step & read_end;

  // banks, and a register behind each
  assign m_axis_tdata = {word1_q, word0_q};

  // banks, and a register behind each
  always @(posedge clk) if (write0) begin
    bank0[write_at] <= s_axis_tdata;
  end
  always @(posedge clk) if (step) begin
    bank0_q <= bank0[read_at_q];
  end

  // banks, and a register behind each
  always @(posedge clk) if (write1) begin
    bank1[write_at] <= s_axis_tdata;
  end
  always @(posedge clk) if (step) begin
    bank1_q <= bank1[read_at_q];
  end

  assign s_axis_tready = stored_q != 2'd2;
  assign m_axis_tvalid = valid_p2_q;
  assign m_axis_tlast = end_p2_q;

  always @(posedge clk) begin
    if (rst) begin
      stored_q <= 2'd0;
    end else if (filled ^ emptied) begin
      stored_q <= filled ? stored_up : stored_down;
    end
  end

  // write side: the banks take turns; both halves of each lie one behind the other
  always @(posedge clk) begin
    if (rst) begin
      place_q <= 1'd0;
    end else if (s_axis_fire) begin
      place_q <= place_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      outer_q <= 3'd0;
      bank_q <= 1'd0;
    end else if (index_end) begin
      outer_q <= outer_last ? 3'd0 : outer_inc;
      bank_q <= group_ends ? 1'd0 : bank_sum;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      group_at_q <= 4'd0;
    end else if (index_end & group_ends) begin
      group_at_q <= group_number_last ? 4'd0 : group_at_next;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      group_number_q <= 3'd0;
    end else if (index_end & group_ends) begin
      group_number_q <= group_number_last ? 3'd0 : group_number_inc;
    end
  end

  // read side: nested loops over all banks at once
  always @(posedge clk) begin
    if (rst) begin
      read_at_q <= 4'd0;
      beat_q <= 1'd0;
    end else if (step) begin
      read_at_q <= read_end ? (read_half_q ? 4'd0 : 4'd6) : read_next;
      beat_q <= beat_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      group_q <= 2'd0;
    end else if (beat_go) begin
      group_q <= group_last ? 2'd0 : group_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      pass_q <= 2'd0;
    end else if (beat_go & group_last) begin
      pass_q <= pass_last ? 2'd0 : pass_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      read_half_q <= 1'd0;
    end else if (step & read_end) begin
      read_half_q <= ~read_half_q;
    end
  end

  // banks, and a register behind each
  always @(posedge clk) begin
    if (run) begin
      word0_q <= bank0_q;
      word1_q <= bank1_q;
      end_p1_q <= read_end;
      end_p2_q <= end_p1_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      valid_p1_q <= 1'd0;
      valid_p2_q <= 1'd0;
    end else if (run) begin
      valid_p1_q <= some;
      valid_p2_q <= valid_p1_q;
    end
  end

  wire unused_ok = &{1'b0, s_axis_tlast};

endmodule

`default_nettype wire
