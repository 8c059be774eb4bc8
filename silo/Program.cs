using MallVip.Silo;
using MallVip.Silo.Commands;

return await CommandLine.Create(new SystemConsoleOutput()).Parse(args).InvokeAsync();
