using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using Microsoft.Extensions.Logging;

namespace MallVip.Grains.Inbox;

/// <summary>
/// Hands one event over until it has an outcome: what cannot be taken at present is tried again, for ever;
/// what something is broken for only a few times.
/// </summary>
internal sealed partial class Postman(
    EventIntake intake, TimeProvider time, ILogger log, CancellationToken stopping)
{
    private const int BrokenTries = 3;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>The outcome; null: the silo stopped before there was one.</summary>
    public async Task<EventAnswer?> DeliverAsync(Letter letter)
    {
        var broken = 0;
        var pause = FirstPause;
        while (!stopping.IsCancellationRequested)
        {
            var answer = await TryAsync(letter);
            var code = answer.Refusal?.Code;
            if (code == Refusals.Broken.Code)
                broken++;
            else if (code != Refusals.NotNow.Code)
                return answer;
            if (broken == BrokenTries)
                return answer;
            await Task.Delay(pause, time, stopping).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }

        return null;
    }

    /// <summary>Whatever an event meets is its own: the lane behind it must go on.</summary>
    private async Task<EventAnswer> TryAsync(Letter letter)
    {
        try
        {
            return await intake.DeliverAsync(letter.Event!, letter.Row.Event.Actor);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            Failed(log, letter.Row.Event.Key, failure);
            return new() { Status = EventStatus.Rejected, Refusal = Refusals.Broken };
        }
    }

    [LoggerMessage(5, LogLevel.Error, "Event {Key} of the inbox failed")]
    private static partial void Failed(ILogger log, EventKey key, Exception failure);
}
