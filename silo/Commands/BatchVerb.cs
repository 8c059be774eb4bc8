using System.CommandLine;
using MallVip.Silo.Lists;

namespace MallVip.Silo.Commands;

internal static class BatchVerb
{
    public static Command Create(IConsoleOutput console)
    {
        var file = new Argument<string?>("file") { Arity = ArgumentArity.ZeroOrOne };
        var (reason, id) = (new Option<string?>("--reason"), new Option<string?>("--id"));
        var (approve, skip) = (new Option<bool>("--approve"), new Option<bool>("--skip-wrong"));
        var (watch, dryRun) = (new Option<bool>("--watch"), new Option<bool>("--dry-run"));
        var (to, key, json) = (SiloOptions.To(), SiloOptions.Key(), SharedOptions.Json());
        var verb = new Command("batch") { file, reason, id, dryRun, approve, skip, watch, to, key, json };
        verb.SetAction((parsed, cancellation) => BatchCommand.RunAsync(
            new(new(parsed.GetValue(to)!, parsed.GetValue(key), parsed.GetValue(json)))
            {
                File = parsed.GetValue(file),
                Reason = parsed.GetValue(reason),
                Id = parsed.GetValue(id),
                DryRun = parsed.GetValue(dryRun),
                Approve = parsed.GetValue(approve),
                SkipWrong = parsed.GetValue(skip),
                Watch = parsed.GetValue(watch),
            },
            console, TimeProvider.System, cancellation));
        return verb;
    }
}
