// <<= name =>>
<% for line in header %>
//<% if !line.is_empty() %> <<= line =>><% endif %>

<% endfor %>
`default_nettype none

module <<= name =>> (
<% for port in ports %>
  <<= port =>>

<% endfor %>
);
<% for block in blocks %>

<% if !block.title.is_empty() %>
  // <<= block.title =>>

<% endif %>
<% for line in block.lines %>
<% if !line.is_empty() %>  <<= line =>><% endif %>

<% endfor %>
<% endfor %>

endmodule

`default_nettype wire
