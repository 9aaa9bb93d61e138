// nl_permute_2x3x4_l1_h0da7e3
// block     permute: gives the elements of a frame in another order: dimensions change places
// computes  y[i[0]].. = x[j[0]].. with j[order[k]] = i[k]
// config    defaults
// niello    0.1.0, config 958405fd780da7e3
// buffer    two rows of 12 beats; a frame has 2
// last      ignored at the input: a frame goes by count; marks a frame's last beat at the output
// in  s_axis: 1 x 8 bits signed a beat, last is ignored: frames end by count
// out m_axis: 1 x 8 bits signed a beat, with a last mark
`default_nettype none

module nl_permute_2x3x4_l1_h0da7e3 (
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

  reg full0_q;
  reg full1_q;
  reg write_half_q;
  reg [3:0] write_beat_q;
  reg read_half_q;
  reg [3:0] read_beat_q;
  reg [1:0] inner_q;
  reg [1:0] second_q;
  reg row_q;
  reg valid_q;
  reg end_q;
  reg [7:0] rows_q;
  reg [7:0] rows [0:23];

  wire run = ~valid_q | m_axis_tready;

  // write side: fills the half that is not full
  wire s_axis_fire = s_axis_tvalid & ~(write_half_q ? full1_q : full0_q);
  wire write_beat_last = write_beat_q == 4'd11;
  wire [3:0] write_beat_inc = write_beat_q + 4'd1;
  wire filled = s_axis_fire & write_beat_last;

  // read side: nested loops over the half that is full
  wire some = read_half_q ? full1_q : full0_q;
  wire step = run & some;
  wire inner_last = inner_q == 2'd2;
  wire [1:0] inner_inc = inner_q + 2'd1;
  wire second_last = second_q == 2'd3;
  wire [1:0] second_inc = second_q + 2'd1;
  wire [3:0] second_step = (inner_last & ~second_last) ? 4'd5 : (~inner_last ? 4'd4 : 4'd0);
  wire row_end = inner_last & second_last;
  wire [4:0] read_beat_moved = {1'd0, read_beat_q} + {1'd0, second_step};
  wire [3:0] read_beat_wrapped = read_beat_moved[3:0] - 4'd12;
  wire [3:0] read_beat_moved_l1 = read_beat_q + second_step;
  wire emptied = step & row_end;
  wire row_last = row_q == 1'd1;
  wire row_inc = row_q + 1'd1;

  // the buffer: both halves, one behind the other
  wire [4:0] address = (write_half_q ? 5'd12 : 5'd0) + {1'd0, write_beat_q};
  wire [4:0] address_l1 = (read_half_q ? 5'd12 : 5'd0) + {1'd0, read_beat_q};

  // the buffer: both halves, one behind the other
  always @(posedge clk) if (s_axis_fire) begin
    rows[address] <= s_axis_tdata;
  end
  always @(posedge clk) if (step) begin
    rows_q <= rows[address_l1];
  end

  // write side: fills the half that is not full
  assign s_axis_tready = ~(write_half_q ? full1_q : full0_q);

  assign m_axis_tdata = rows_q;
  assign m_axis_tvalid = valid_q;
  assign m_axis_tlast = end_q;

  // write side: fills the half that is not full
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
      write_beat_q <= 4'd0;
    end else if (s_axis_fire) begin
      write_beat_q <= write_beat_last ? 4'd0 : write_beat_inc;
    end
  end

  // read side: nested loops over the half that is full
  always @(posedge clk) begin
    if (rst) begin
      read_half_q <= 1'd0;
      row_q <= 1'd0;
    end else if (emptied) begin
      read_half_q <= ~read_half_q;
      row_q <= row_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      read_beat_q <= 4'd0;
      inner_q <= 2'd0;
    end else if (step) begin
      read_beat_q <= row_end ? 4'd0 : ((read_beat_moved >= 5'd12) ? read_beat_wrapped : read_beat_moved_l1);
      inner_q <= inner_last ? 2'd0 : inner_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      second_q <= 2'd0;
    end else if (step & inner_last) begin
      second_q <= second_inc;
    end
  end

  // the buffer: both halves, one behind the other
  always @(posedge clk) begin
    if (rst) begin
      valid_q <= 1'd0;
    end else if (run) begin
      valid_q <= some;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      end_q <= row_end & row_last;
    end
  end

  wire unused_ok = &{1'b0, s_axis_tlast};

endmodule

`default_nettype wire
