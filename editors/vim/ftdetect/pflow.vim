autocmd BufNewFile,BufRead *.pf setfiletype pflow
