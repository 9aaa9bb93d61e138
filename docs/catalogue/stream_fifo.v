// nl_stream_fifo_u1x8_d16
// block     stream_fifo: buffers beats in order
// computes  y[i] = x[i]
// config    defaults
// niello    0.1.0, config daedf8994f305cc2
// in  s_axis: 1 x 8 bits unsigned a beat, with a last mark
// out m_axis: 1 x 8 bits unsigned a beat, with a last mark
`default_nettype none

module nl_stream_fifo_u1x8_d16 (
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

  reg [3:0] wr_q;
  reg [3:0] rd_q;
  reg [4:0] used_q;
  reg out_valid_q;
  reg [8:0] places_q;
  reg [8:0] places [0:15];

  // places: written at wr, read at rd, used of them in use
  wire out_valid_d = |used_q;

  // the output beat is the RAM's read register
  wire s_axis_fire = s_axis_tvalid & (used_q != 5'd16);
  wire rd_en = out_valid_d & (~out_valid_q | m_axis_tready);
  wire [3:0] wr_inc = wr_q + 4'd1;
  wire [3:0] rd_inc = rd_q + 4'd1;
  wire [4:0] up = used_q + 5'd1;
  wire [4:0] down = used_q - 5'd1;
  assign m_axis_tdata = places_q[7:0];
  assign m_axis_tlast = places_q[8];

  // the output beat is the RAM's read register
  always @(posedge clk) if (s_axis_fire) begin
    places[wr_q] <= {s_axis_tlast, s_axis_tdata};
  end
  always @(posedge clk) if (rd_en) begin
    places_q <= places[rd_q];
  end

  // places: written at wr, read at rd, used of them in use
  assign s_axis_tready = used_q != 5'd16;

  assign m_axis_tvalid = out_valid_q;

  // places: written at wr, read at rd, used of them in use
  always @(posedge clk) begin
    if (rst) begin
      wr_q <= 4'd0;
    end else if (s_axis_fire) begin
      wr_q <= wr_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      rd_q <= 4'd0;
    end else if (rd_en) begin
      rd_q <= rd_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      used_q <= 5'd0;
    end else if (s_axis_fire ^ rd_en) begin
      used_q <= s_axis_fire ? up : down;
    end
  end

  // the output beat is the RAM's read register
  always @(posedge clk) begin
    if (rst) begin
      out_valid_q <= 1'd0;
    end else if (~out_valid_q | m_axis_tready) begin
      out_valid_q <= out_valid_d;
    end
  end

endmodule

`default_nettype wire
