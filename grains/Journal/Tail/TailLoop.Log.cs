using Microsoft.Extensions.Logging;

namespace MallVip.Grains.Journal;

public abstract partial class TailLoop
{
    [LoggerMessage(Level = LogLevel.Error,
        Message = "Reader {Name} failed on the page after place {Pos} and will try it again.")]
    private static partial void LogPageFailed(ILogger log, string name, long pos, Exception error);
}
