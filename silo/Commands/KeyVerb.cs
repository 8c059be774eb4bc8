using System.CommandLine;
using MallVip.Client.Keys;

namespace MallVip.Silo.Commands;

internal static class KeyVerb
{
    public static Command Create(IConsoleOutput console)
    {
        var verb = new Command("key");
        verb.SetAction((_, _) =>
        {
            var made = ApiKeyFactory.Create();
            console.Out.WriteLine($"key:  {made.Key}");
            console.Out.WriteLine($"hash: {made.Hash}");
            return Task.FromResult(0);
        });
        return verb;
    }
}
