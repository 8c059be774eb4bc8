using System.CommandLine;
using MallVip.Silo;
using MallVip.Silo.Commands;

// A silo under load needs longer to end than the two seconds that are the default.
var patience = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(45) };
return await CommandLine.Create(new SystemConsoleOutput()).Parse(args).InvokeAsync(patience);
