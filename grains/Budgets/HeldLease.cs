
namespace MallVip.Grains.Budgets;

/// <summary>A lease in the hands of this silo. Its account's lock guards it.</summary>
/// <param name="total">What the budget held in all when it was lent.</param>
/// <param name="until">After that it is renewed, so that little has to be recounted after a crash.</param>
internal sealed class HeldLease(LeaseAnswer lent, long total, DateTimeOffset until)
{
    private TaskCompletionSource? _settled;

    public long Number => lent.Lease;

    /// <summary>Nothing else was left of the budget.</summary>
    public bool IsLast => lent.IsLast;

    public long Total { get; } = total;

    public DateTimeOffset Until { get; } = until;

    /// <summary>By the store's clock: entries that use it are not written later; null: no such end.</summary>
    public DateTimeOffset? Deadline => lent.Until;

    /// <summary>What may still be drawn.</summary>
    public long Left { get; private set; } = lent.Amount;

    /// <summary>What is committed.</summary>
    public long Used { get; private set; }

    /// <summary>What is drawn, committed or not.</summary>
    public long Taken => lent.Amount - Left;

    /// <summary>Draws whose outcome is not known yet.</summary>
    public int Pending { get; private set; }

    /// <param name="amount">Negative: something is to be given back, once it is committed.</param>
    public void Draw(long amount)
    {
        Left -= Math.Max(0, amount);
        Pending++;
    }

    /// <summary>The draw is over.</summary>
    /// <param name="amount">What was drawn.</param>
    /// <param name="used">What of it is committed.</param>
    public void Settle(long amount, long used)
    {
        Left += Math.Max(0, amount) - used;
        Used += used;
        if (--Pending == 0)
            _settled?.TrySetResult();
    }

    /// <summary>Ends when no draw is pending.</summary>
    public Task WhenSettled()
    {
        if (Pending == 0)
            return Task.CompletedTask;
        _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return _settled.Task;
    }
}
