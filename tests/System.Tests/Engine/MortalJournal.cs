using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Journal;

namespace MallVip.System.Tests.Engine;

/// <summary>A store that takes so many more batches and then nothing for ever.</summary>
internal sealed class MortalJournal(IJournal inner) : ForwardingJournal(inner)
{
    private int _left = int.MaxValue;
    private bool _takesLast;

    /// <summary>Whether the end has come.</summary>
    public bool IsDead => _left < 0;

    /// <summary>The end comes with this batch from now, counted from 0.</summary>
    public void DieAt(int batch, bool takesLast) => (_left, _takesLast) = (batch, takesLast);

    public override async ValueTask<long[]> AppendBatchAsync(
        JournalBatch batch, CancellationToken cancel = default)
    {
        var left = _left--;
        if (left > 0 || (left == 0 && _takesLast))
        {
            var places = await Inner.AppendBatchAsync(batch, cancel);
            if (left > 0)
                return places;
        }

        throw new IOException("The disk is dead.");
    }

    /// <summary>A dead process learns nothing more: "not written" lets its calls end, and what they say
    /// is not listened to.</summary>
    public override ValueTask<long[]?> ResolveBatchAsync(
        JournalBatch batch, CancellationToken cancel = default) => new((long[]?)null);
}
